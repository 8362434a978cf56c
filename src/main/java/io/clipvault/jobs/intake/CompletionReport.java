package io.clipvault.jobs.intake;

import io.clipvault.webhooks.WebhookTarget;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** The generator's report that its run has ended. */
record CompletionReport(@Schema(description = "0 if the run succeeded", example = "0") @NotNull Integer returnCode,
		@Schema(description = "The directory of the files; the job's id by default", example = "sample") @Size(min = 1,
				max = 4096) @Nullable String directory,
		@Schema(description = "Is told how the job ends; the webhook of the settings by default",
				nullable = true) @Nullable WebhookTarget webhook) {
}
