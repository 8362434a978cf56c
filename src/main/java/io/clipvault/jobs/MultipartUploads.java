package io.clipvault.jobs;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.model.Part;

import org.springframework.stereotype.Component;

/**
 * Sends a large file in parts. The upload's id is in the database before the first part
 * leaves, and each part is once it has arrived, so that a run after a crash sends only
 * the others.
 */
@Component
class MultipartUploads {

	private static final Logger log = LoggerFactory.getLogger(MultipartUploads.class);

	private final JobObjects objects;

	private final Parts parts;

	private final PartSender sender;

	private final Turns turns;

	private final Claims claims;

	MultipartUploads(JobObjects objects, Parts parts, PartSender sender, Turns turns, Claims claims) {
		this.objects = objects;
		this.parts = parts;
		this.sender = sender;
		this.turns = turns;
		this.claims = claims;
	}

	/**
	 * Sends what is missing, and makes the object of it if the file is still the same.
	 */
	void send(Claim claim, Artifact artifact, ContentDigest digest, FileState state) {
		String file = artifact.fileName();
		@Nullable String uploadId = resumed(claim, artifact, digest);
		if (uploadId == null) {
			uploadId = begun(claim, artifact, digest);
		}
		sendMissing(claim, artifact, digest, uploadId);
		state.requireUnchanged(artifact.file());
		this.claims.requireHeld(claim);
		this.objects.complete(artifact.key(), uploadId, this.parts.arrived(claim.job(), file));
	}

	private String begun(Claim claim, Artifact artifact, ContentDigest digest) {
		String uploadId = this.objects.begin(claim.job(), artifact, digest);
		try {
			this.parts.begin(claim, artifact.fileName(), new Parts.Begun(uploadId, digest.text()));
			return uploadId;
		}
		catch (Claim.Lost lost) {
			this.objects.abort(artifact.key(), uploadId);
			throw lost;
		}
	}

	/**
	 * The upload that an earlier run began of the same bytes, with its rows put right.
	 */
	private @Nullable String resumed(Claim claim, Artifact artifact, ContentDigest digest) {
		Optional<Parts.Begun> begun = this.parts.find(claim.job(), artifact.fileName());
		if (begun.isEmpty()) {
			return null;
		}
		String uploadId = begun.get().uploadId();
		Optional<Map<Integer, Part>> stored = digest.hasText(begun.get().digest())
				? this.objects.parts(artifact.key(), uploadId) : Optional.empty();
		if (stored.isEmpty()) {
			this.objects.abort(artifact.key(), uploadId);
			return null;
		}
		Map<Integer, String> noted = this.parts.arrived(claim.job(), artifact.fileName());
		Set<Integer> lost = new HashSet<>(noted.keySet());
		lost.removeIf((number) -> same(stored.get().get(number), noted.get(number), digest.length(number)));
		long bytes = noted.keySet().stream().filter((number) -> !lost.contains(number)).mapToLong(digest::length).sum();
		this.parts.lost(claim, artifact.fileName(), lost, bytes);
		log.info("Job {}: {} goes on with {} of its {} parts in the bucket.", claim.job(), artifact.fileName(),
				noted.size() - lost.size(), digest.parts().size());
		return uploadId;
	}

	private static boolean same(@Nullable Part stored, @Nullable String etag, long length) {
		return stored != null && etag != null && stored.size() == length && bare(stored.eTag()).equals(bare(etag));
	}

	private static String bare(String etag) {
		return etag.replace("\"", "");
	}

	private void sendMissing(Claim claim, Artifact artifact, ContentDigest digest, String uploadId) {
		Set<Integer> arrived = this.parts.arrived(claim.job(), artifact.fileName()).keySet();
		List<CompletableFuture<Void>> sending = new ArrayList<>();
		for (int number = 1; number <= digest.parts().size(); number++) {
			if (sending.stream().anyMatch(CompletableFuture::isCompletedExceptionally)) {
				break;
			}
			if (!arrived.contains(number)) {
				sending.add(sent(claim, artifact, digest, uploadId, number));
			}
		}
		try {
			CompletableFuture.allOf(sending.toArray(CompletableFuture[]::new)).join();
		}
		catch (CompletionException failure) {
			throw (failure.getCause() instanceof RuntimeException cause) ? cause : failure;
		}
	}

	private CompletableFuture<Void> sent(Claim claim, Artifact artifact, ContentDigest digest, String uploadId,
			int number) {
		Turns.Turn turn;
		try {
			turn = this.turns.take(claim.job());
		}
		catch (Turns.Stopping stopping) {
			return CompletableFuture.failedFuture(stopping);
		}
		try {
			this.claims.requireHeld(claim);
			return this.sender.send(claim, artifact, digest, uploadId, number)
				.whenComplete((none, failure) -> turn.close());
		}
		catch (RuntimeException failure) {
			turn.close();
			return CompletableFuture.failedFuture(failure);
		}
	}

}
