package io.clipvault.jobs.transfer;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import io.clipvault.jobs.folders.Artifact;
import io.clipvault.jobs.folders.ContentDigest;
import io.clipvault.jobs.folders.FileState;
import io.clipvault.jobs.ledger.Claim;
import io.clipvault.jobs.ledger.Claims;
import io.clipvault.jobs.ledger.JobFile;
import io.clipvault.layouts.JobId;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.annotation.Async;
import org.springframework.stereotype.Component;

/** Sends one file, unless the bucket already has the same content. */
@Component
class ArtifactUploader {

	private final JobObjects objects;

	private final MultipartUploads inParts;

	private final SendSlots slots;

	private final Claims claims;

	private final UploadSettings settings;

	ArtifactUploader(JobObjects objects, MultipartUploads inParts, SendSlots slots, Claims claims,
			UploadSettings settings) {
		this.objects = objects;
		this.inParts = inParts;
		this.slots = slots;
		this.claims = claims;
		this.settings = settings;
	}

	/** The sizes of the job's objects in the bucket, by key. */
	Map<String, Long> present(JobId job) {
		return this.objects.present(job);
	}

	boolean goesInParts(JobFile file) {
		return this.settings.partSizeFor(file.size()) != ContentDigest.WHOLE;
	}

	/** How many files of one job are sent in parallel. */
	int parallelFiles() {
		return this.settings.parallel();
	}

	/**
	 * Uploads a file.
	 * @param stored the size of the object that now has its key, if there is one
	 * @return the content of the object
	 */
	@Async(UploadExecutors.FILES)
	CompletableFuture<ContentDigest> upload(Claim claim, Artifact artifact, @Nullable Long stored) {
		FileState state;
		Sending sending;
		try (SendSlots.Slot _ = this.slots.take(claim.job())) {
			state = FileState.of(artifact.file());
			Optional<String> known = (stored != null && stored == state.size()) ? this.objects.digest(artifact.key())
					: Optional.empty();
			if (known.isPresent()) {
				ContentDigest digest = digest(artifact, ContentDigest.partSizeOf(known.get()));
				if (digest.hasText(known.get())) {
					return CompletableFuture.completedFuture(digest);
				}
			}
			sending = new Sending(claim, artifact, digest(artifact, this.settings.partSizeFor(state.size())));
			if (sending.digest().partSize() == ContentDigest.WHOLE) {
				put(sending, state);
				return CompletableFuture.completedFuture(sending.digest());
			}
		}
		try {
			this.inParts.send(sending, state);
			return CompletableFuture.completedFuture(sending.digest());
		}
		catch (Claim.Lost | SendSlots.Stopping ended) {
			throw ended;
		}
		catch (RuntimeException failure) {
			state.requireUnchanged(artifact.file());
			throw failure;
		}
	}

	private void put(Sending sending, FileState state) {
		this.claims.requireHeld(sending.claim());
		try {
			this.objects.put(sending);
		}
		finally {
			// A changed file is the reason to report, whatever the store says.
			state.requireUnchanged(sending.artifact().file());
		}
	}

	private static ContentDigest digest(Artifact artifact, long partSize) {
		try {
			return ContentDigest.of(artifact.file(), partSize);
		}
		catch (IOException failure) {
			throw new FileState.Unusable(failure);
		}
	}

}
