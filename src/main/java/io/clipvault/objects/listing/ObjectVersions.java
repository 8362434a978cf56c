package io.clipvault.objects.listing;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A page of versions: by key, the newest of each first. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ObjectVersions(List<Version> versions, @Nullable String nextCursor) {

	/** One version, or the marker of a removal. */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record Version(@Schema(example = "notes/today.txt") String key, String versionId,
			@Schema(description = "Whether it is what a plain GET answers with") boolean latest,
			@Schema(description = "Whether it stands for a removal") boolean deleteMarker, @Nullable Long size,
			@Nullable String etag, Instant lastModified, @Nullable String storageClass) {
	}

}
