package io.clipvault.gallery;

import java.util.List;

import io.swagger.v3.oas.annotations.media.Schema;

/** A page of clips in the form that the dashboard of OpenShorts reads. */
record DashboardClips(List<Clip> clips, @Schema(description = "Clips in the whole gallery", example = "132") int total,
		@Schema(example = "20") int limit, @Schema(example = "0") int offset,
		@Schema(description = "Whether there are clips after these", example = "true") boolean hasMore) {
}
