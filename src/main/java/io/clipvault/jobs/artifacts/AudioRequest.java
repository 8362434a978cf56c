package io.clipvault.jobs.artifacts;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/** Names the directory that holds an mp3, and what to call it in the bucket. */
record AudioRequest(
		@Schema(description = "Absolute, or relative to the jobs root; inside it in any case",
				example = "sample") @NotBlank @Size(max = 4096) String directory,
		@Schema(description = "The name without its ending",
				example = "my_cool_video") @NotBlank @Size(max = 251) String fileName) {
}
