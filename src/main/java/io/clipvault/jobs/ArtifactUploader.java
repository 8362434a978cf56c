package io.clipvault.jobs;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import io.clipvault.layouts.JobId;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.annotation.Async;
import org.springframework.stereotype.Component;

/** Brings one file to the bucket, unless the bucket has it already. */
@Component
class ArtifactUploader {

	private final JobObjects objects;

	private final MultipartUploads inParts;

	private final Turns turns;

	private final Claims claims;

	private final UploadSettings settings;

	ArtifactUploader(JobObjects objects, MultipartUploads inParts, Turns turns, Claims claims,
			UploadSettings settings) {
		this.objects = objects;
		this.inParts = inParts;
		this.turns = turns;
		this.claims = claims;
		this.settings = settings;
	}

	/** The sizes of what the bucket holds for a job, by key. */
	Map<String, Long> present(JobId job) {
		return this.objects.present(job);
	}

	/** Whether a file is too large to be sent whole. */
	boolean goesInParts(JobFile file) {
		return this.settings.partSizeFor(file.size()) != ContentDigest.WHOLE;
	}

	/** How many files of one job are worth having open. */
	int parallelFiles() {
		return this.settings.parallel();
	}

	/**
	 * Uploads a file.
	 * @param stored the size of the object that its key has now, if there is one
	 * @return what the object holds
	 */
	@Async(UploadExecutors.FILES)
	CompletableFuture<ContentDigest> upload(Claim claim, Artifact artifact, @Nullable Long stored) {
		FileState state;
		ContentDigest digest;
		try (Turns.Turn _ = this.turns.take(claim.job())) {
			state = FileState.of(artifact.file());
			Optional<String> known = (stored != null && stored == state.size()) ? this.objects.digest(artifact.key())
					: Optional.empty();
			if (known.isPresent()) {
				digest = digest(artifact, ContentDigest.partSizeOf(known.get()));
				if (digest.hasText(known.get())) {
					return CompletableFuture.completedFuture(digest);
				}
			}
			digest = digest(artifact, this.settings.partSizeFor(state.size()));
			if (digest.partSize() == ContentDigest.WHOLE) {
				put(claim, artifact, digest, state);
				return CompletableFuture.completedFuture(digest);
			}
		}
		try {
			this.inParts.send(claim, artifact, digest, state);
			return CompletableFuture.completedFuture(digest);
		}
		catch (Claim.Lost | Turns.Stopping ended) {
			throw ended;
		}
		catch (RuntimeException failure) {
			state.requireUnchanged(artifact.file());
			throw failure;
		}
	}

	private void put(Claim claim, Artifact artifact, ContentDigest digest, FileState state) {
		this.claims.requireHeld(claim);
		try {
			this.objects.put(claim.job(), artifact, digest);
		}
		finally {
			// Whatever the store says of it: a file that changed is the reason.
			state.requireUnchanged(artifact.file());
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
