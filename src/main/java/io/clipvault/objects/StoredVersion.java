package io.clipvault.objects;

import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.DeleteMarkerEntry;
import software.amazon.awssdk.services.s3.model.ObjectVersion;

/**
 * A version or a delete marker that the store keeps.
 *
 * @param size of a version; null for a delete marker, as are ETag and storage class
 */
public record StoredVersion(String key, String versionId, boolean latest, @Nullable Long size, @Nullable String etag,
		Instant lastModified, @Nullable String storageClass) {

	static final Comparator<StoredVersion> BY_KEY = Comparator
		.comparing((StoredVersion version) -> version.key().codePoints().toArray(), Arrays::compare)
		.thenComparing(StoredVersion::latest, Comparator.reverseOrder())
		.thenComparing(StoredVersion::lastModified, Comparator.reverseOrder());

	static StoredVersion of(ObjectVersion version) {
		return new StoredVersion(version.key(), version.versionId(), version.isLatest(), version.size(), version.eTag(),
				version.lastModified(), version.storageClassAsString());
	}

	static StoredVersion of(DeleteMarkerEntry marker) {
		return new StoredVersion(marker.key(), marker.versionId(), marker.isLatest(), null, null, marker.lastModified(),
				null);
	}

	public boolean isDeleteMarker() {
		return this.size == null;
	}

}
