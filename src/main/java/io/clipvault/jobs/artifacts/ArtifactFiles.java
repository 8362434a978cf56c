package io.clipvault.jobs.artifacts;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.util.List;
import java.util.OptionalLong;

import io.clipvault.jobs.folders.ContentDigest;
import io.clipvault.jobs.folders.FileState;
import io.clipvault.jobs.folders.FreeDisk;
import io.clipvault.jobs.folders.Hashing;
import io.clipvault.jobs.folders.RootedFile;
import io.clipvault.jobs.ledger.StoredFiles;
import io.clipvault.layouts.ArtifactHeaders;
import io.clipvault.layouts.JobId;
import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import io.clipvault.storage.ObjectBytes;

import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** Compares files with the artifacts in the bucket, and fetches artifacts to files. */
@Component
class ArtifactFiles {

	private final ArtifactStore store;

	private final Hashing hashing;

	private final FreeDisk disk;

	ArtifactFiles(ArtifactStore store, Hashing hashing, FreeDisk disk) {
		this.disk = disk;
		this.store = store;
		this.hashing = hashing;
	}

	/** All artifacts of a job, clips first and metadata last. */
	List<StoredArtifact> of(JobId job) {
		return this.store.all(job);
	}

	/** Whether a file has the content of an artifact; only its digest proves it. */
	boolean isSame(StoredArtifact artifact, RootedFile file) throws IOException {
		if (!hasSize(file, artifact.size())) {
			return false;
		}
		// Hash before any other request: stores drop idle connections.
		@Nullable String digest = this.store.digest(artifact).orElse(null);
		OptionalLong partSize = ContentDigest.partSizeOf(digest, artifact.size());
		return partSize.isPresent() && hasDigest(file, partSize.getAsLong(), digest);
	}

	/**
	 * Whether both a file and the bucket have the content that was stored. The bucket is
	 * asked last, because hashing takes its time.
	 */
	boolean isCopy(RootedFile file, StoredFiles.File stored) throws IOException {
		OptionalLong partSize = ContentDigest.partSizeOf(stored.digest(), stored.size());
		return partSize.isPresent() && hasSize(file, stored.size())
				&& hasDigest(file, partSize.getAsLong(), stored.digest()) && this.store.has(stored);
	}

	/**
	 * Whether the bucket has the content that was stored, without looking at any file.
	 */
	boolean isStored(StoredFiles.File stored) {
		return this.store.has(stored);
	}

	/**
	 * Writes an artifact to a new file, and verifies it if the artifact has a digest.
	 * @param onProgress is called now and then while bytes arrive
	 */
	void fetch(StoredArtifact artifact, RootedFile file, Runnable onProgress) throws IOException {
		this.disk.require(artifact.size());
		@Nullable String digest;
		try (ObjectBytes object = this.store.open(artifact);
				OutputStream bytes = new Arriving(Channels.newOutputStream(file.create()), onProgress)) {
			digest = object.response().metadata().get(ArtifactHeaders.DIGEST);
			object.writeTo(bytes);
		}
		OptionalLong partSize = ContentDigest.partSizeOf(digest, artifact.size());
		if (!hasSize(file, artifact.size())
				|| (partSize.isPresent() && !hasDigest(file, partSize.getAsLong(), digest))) {
			throw new Problem(ProblemType.STORE_UNREACHABLE,
					"The bytes that arrived of '%s' are not those that were stored: restore the job again."
						.formatted(artifact.name()));
		}
	}

	private static boolean hasSize(RootedFile file, long size) {
		try {
			return file.state().size() == size;
		}
		catch (FileState.Unusable missing) {
			return false;
		}
	}

	private boolean hasDigest(RootedFile file, long partSize, @Nullable String digest) throws IOException {
		try {
			return this.hashing.digest(file, partSize).hasText(digest);
		}
		catch (FileState.Unusable changing) {
			return false;
		}
	}

	/** Tells that more bytes were written. */
	static final class Arriving extends FilterOutputStream {

		static final long STEP = 256 << 20;

		private final Runnable onProgress;

		private long untold;

		Arriving(OutputStream file, Runnable onProgress) {
			super(file);
			this.onProgress = onProgress;
		}

		@Override
		public void write(byte[] bytes, int offset, int length) throws IOException {
			this.out.write(bytes, offset, length);
			this.untold += length;
			if (this.untold >= STEP) {
				this.untold = 0;
				this.onProgress.run();
			}
		}

	}

}
