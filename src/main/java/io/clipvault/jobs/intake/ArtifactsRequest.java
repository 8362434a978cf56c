package io.clipvault.jobs.intake;

import io.clipvault.webhooks.WebhookTarget;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** Names the directory that a finished job left, and who wants to know how it ended. */
record ArtifactsRequest(
		@Schema(description = "Absolute, or relative to the jobs root; inside it in any case",
				example = "sample") @NotBlank @Size(max = 4096) String directory,
		@Schema(description = "Is told how the job ended; left out, the one of the settings is",
				nullable = true) @Nullable WebhookTarget webhook) {
}
