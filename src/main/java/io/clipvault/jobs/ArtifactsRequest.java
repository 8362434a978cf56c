package io.clipvault.jobs;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/** Names the directory that a finished job left. */
record ArtifactsRequest(@Schema(description = "Absolute, or relative to the jobs root; inside it in any case",
		example = "sample") @NotBlank @Size(max = 4096) String directory) {
}
