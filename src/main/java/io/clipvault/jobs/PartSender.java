package io.clipvault.jobs;

import java.util.concurrent.CompletableFuture;

import org.springframework.scheduling.annotation.Async;
import org.springframework.stereotype.Component;

/** Sends one part of a file, and notes that it has arrived. */
@Component
class PartSender {

	private final JobObjects objects;

	private final Parts parts;

	PartSender(JobObjects objects, Parts parts) {
		this.objects = objects;
		this.parts = parts;
	}

	@Async(UploadExecutors.PARTS)
	CompletableFuture<Void> send(Claim claim, Artifact artifact, ContentDigest digest, String uploadId, int number) {
		String etag = this.objects.sendPart(claim.job(), artifact, digest, uploadId, number);
		this.parts.arrived(claim, artifact.fileName(), number, etag, digest.length(number));
		return CompletableFuture.completedFuture(null);
	}

}
