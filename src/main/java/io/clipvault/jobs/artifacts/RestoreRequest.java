package io.clipvault.jobs.artifacts;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** Names the directory to which a job is restored. */
record RestoreRequest(
		@Schema(description = "Absolute, or relative to the jobs root; the job's own directory by default",
				example = "sample") @Nullable @Size(min = 1, max = 4096) String directory) {
}
