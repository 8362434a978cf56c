package io.clipvault.objects.listing;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.clipvault.objects.StoredVersion;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A page of versions, sorted by key, the newest of each first. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ObjectVersions(List<Version> versions, @Schema(
		description = "The key of which the store does not list all versions, if there is one") @Nullable String incomplete,
		@Nullable String nextCursor) {

	/** A version or a delete marker. */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record Version(@Schema(example = "notes/today.txt") String key, String versionId,
			@Schema(description = "Whether a GET without a version answers with it") boolean latest,
			@Schema(description = "Whether it is a delete marker") boolean deleteMarker, @Nullable Long size,
			@Nullable String etag, Instant lastModified, @Nullable String storageClass) {

		static Version of(StoredVersion version) {
			return new Version(version.key(), version.versionId(), version.latest(), version.isDeleteMarker(),
					version.size(), version.etag(), version.lastModified(), version.storageClass());
		}
	}

}
