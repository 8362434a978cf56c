package io.clipvault.jobs.artifacts;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/** Names the directory that contains an mp3, and the name of its object. */
record AudioRequest(
		@Schema(description = "Absolute, or relative to the jobs root; must be inside the jobs root",
				example = "sample") @NotBlank @Size(max = 4096) String directory,
		@Schema(description = "The name without its ending",
				example = "my_cool_video") @NotBlank @Size(max = 251) String fileName) {
}
