package io.clipvault.jobs.artifacts;

import java.util.List;

import io.clipvault.layouts.JobId;
import io.swagger.v3.oas.annotations.media.Schema;

/** The result of a restore. */
record Restored(@Schema(type = "string", example = "sample") JobId id, @Schema(example = "sample") String directory,
		@Schema(description = "The files that were written") List<String> written,
		@Schema(description = "The files that already had the same content") List<String> unchanged,
		@Schema(description = "The objects whose names no file in a directory can have, such as ../talk.mp4") List<String> skipped) {
}
