package io.clipvault.jobs.transfer;

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

	private final ArtifactHashes hashes;

	ArtifactUploader(JobObjects objects, MultipartUploads inParts, SendSlots slots, Claims claims,
			ArtifactHashes hashes) {
		this.objects = objects;
		this.inParts = inParts;
		this.slots = slots;
		this.claims = claims;
		this.hashes = hashes;
	}

	/** The sizes of the job's objects in the bucket, by key. */
	Map<String, Long> present(JobId job) {
		return this.objects.present(job);
	}

	boolean goesInParts(JobFile file) {
		return this.hashes.goesInParts(file.size());
	}

	/** How many files of one job are hashed and sent in parallel. */
	int parallelFiles() {
		return this.hashes.parallelFiles();
	}

	/**
	 * Uploads a file.
	 * @param stored the size of the object that now has its key, if there is one
	 * @return the content of the object
	 */
	@Async(UploadExecutors.FILES)
	CompletableFuture<ContentDigest> upload(Claim claim, Artifact artifact, @Nullable Long stored) {
		FileState state = artifact.file().state();
		if (stored != null && stored == state.size()) {
			Optional<ContentDigest> same = this.hashes.ifStored(artifact, storedDigest(claim, artifact), stored);
			if (same.isPresent()) {
				return CompletableFuture.completedFuture(same.get());
			}
		}
		// Hashed without a slot, so that requests of other files are sent meanwhile.
		Sending sending = new Sending(claim, artifact, this.hashes.toSend(artifact, state.size()));
		send(sending, state);
		return CompletableFuture.completedFuture(sending.digest());
	}

	private void send(Sending sending, FileState state) {
		Artifact artifact = sending.artifact();
		try {
			if (sending.digest().partSize() == ContentDigest.WHOLE) {
				put(sending);
			}
			else {
				this.inParts.send(sending, state);
			}
		}
		catch (Claim.Lost | SendSlots.Stopping ended) {
			throw ended;
		}
		catch (RuntimeException failure) {
			// A changed file is the reason to report, whatever the store says.
			state.requireUnchanged(artifact.file());
			throw failure;
		}
		state.requireUnchanged(artifact.file());
	}

	private void put(Sending sending) {
		try (SendSlots.Slot _ = this.slots.take(sending.job())) {
			this.claims.requireHeld(sending.claim());
			this.objects.put(sending);
		}
	}

	private @Nullable String storedDigest(Claim claim, Artifact artifact) {
		try (SendSlots.Slot _ = this.slots.take(claim.job())) {
			return this.objects.digest(artifact.key()).orElse(null);
		}
	}

}
