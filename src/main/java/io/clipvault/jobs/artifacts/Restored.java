package io.clipvault.jobs.artifacts;

import java.util.List;

import io.clipvault.layouts.JobId;
import io.swagger.v3.oas.annotations.media.Schema;

/** What a restore did. */
record Restored(@Schema(type = "string", example = "sample") JobId id, @Schema(example = "sample") String directory,
		@Schema(description = "The files that were written") List<String> written,
		@Schema(description = "The files that held the same already") List<String> unchanged) {
}
