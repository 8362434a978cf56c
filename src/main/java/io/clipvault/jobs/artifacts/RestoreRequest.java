package io.clipvault.jobs.artifacts;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** Says where a job's artifacts are to go. */
record RestoreRequest(@Schema(description = "Absolute, or relative to the jobs root; the job's own when left out",
		example = "sample") @Nullable @Size(min = 1, max = 4096) String directory) {
}
