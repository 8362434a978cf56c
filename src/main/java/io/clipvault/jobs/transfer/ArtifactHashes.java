package io.clipvault.jobs.transfer;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

import io.clipvault.abilities.PartLimit;
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

	private final PartLimit limit;

	ArtifactHashes(Hashing hashing, UploadSettings settings, PartLimit limit) {
		this.hashing = hashing;
		this.settings = settings;
		this.limit = limit;
	}

	int parallelFiles() {
		return this.settings.parallel();
	}

	boolean goesInParts(long size) {
		return this.settings.goesInParts(size);
	}

	/** The digest with which a file of this size is sent. */
	ContentDigest toSend(Artifact artifact, long size) {
		return digest(artifact, partSize(size));
	}

	/** The file's digest, if it is the one that an object of the same size carries. */
	Optional<ContentDigest> ifStored(Artifact artifact, @Nullable String text, long size) {
		OptionalLong partSize = ContentDigest.partSizeOf(text, size);
		return partSize.isPresent()
				? Optional.of(digest(artifact, partSize.getAsLong())).filter((digest) -> digest.hasText(text))
				: Optional.empty();
	}

	private long partSize(long size) {
		int most = this.settings.goesInParts(size) ? this.limit.forParts(this.settings.partsOf(size)) : 1;
		return this.settings.partSizeFor(size, most);
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
