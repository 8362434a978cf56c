package io.clipvault.jobs.intake;

import io.clipvault.webhooks.WebhookTarget;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** Names the directory of a finished job, and the webhook that is told how it ends. */
record ArtifactsRequest(
		@Schema(description = "Absolute, or relative to the jobs root; must be inside the jobs root",
				example = "sample") @NotBlank @Size(max = 4096) String directory,
		@Schema(description = "Is told how the job ends; the webhook of the settings by default",
				nullable = true) @Nullable WebhookTarget webhook) {
}
