package io.clipvault.jobs.transfer;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

import io.clipvault.jobs.folders.Artifact;
import io.clipvault.jobs.folders.ContentDigest;
import io.clipvault.jobs.folders.FileState;
import io.clipvault.jobs.folders.Hashing;

import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** Hashes artifacts in the parts in which they are sent, or were sent. */
@Component
class ArtifactHashes {

	private final Hashing hashing;

	private final UploadSettings settings;

	ArtifactHashes(Hashing hashing, UploadSettings settings) {
		this.hashing = hashing;
		this.settings = settings;
	}

	int parallelFiles() {
		return this.settings.parallel();
	}

	boolean goesInParts(long size) {
		return this.settings.partSizeFor(size) != ContentDigest.WHOLE;
	}

	/** The digest with which a file of this size is sent. */
	ContentDigest toSend(Artifact artifact, long size) {
		return digest(artifact, this.settings.partSizeFor(size));
	}

	/** The file's digest, if it is the one that an object of the same size carries. */
	Optional<ContentDigest> ifStored(Artifact artifact, @Nullable String text, long size) {
		OptionalLong partSize = ContentDigest.partSizeOf(text, size);
		return partSize.isPresent()
				? Optional.of(digest(artifact, partSize.getAsLong())).filter((digest) -> digest.hasText(text))
				: Optional.empty();
	}

	private ContentDigest digest(Artifact artifact, long partSize) {
		try {
			return this.hashing.digest(artifact.file(), partSize);
		}
		catch (IOException failure) {
			throw new FileState.Unusable(failure);
		}
	}

}
