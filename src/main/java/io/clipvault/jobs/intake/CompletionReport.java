package io.clipvault.jobs.intake;

import io.clipvault.webhooks.WebhookTarget;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** The generator's word that its run is over. */
record CompletionReport(@Schema(description = "0 if the run went well", example = "0") @NotNull Integer returnCode,
		@Schema(description = "Where the files are; the job's id if it is left out", example = "sample") @Size(min = 1,
				max = 4096) @Nullable String directory,
		@Schema(description = "Is told how the job ended; left out, the one of the settings is",
				nullable = true) @Nullable WebhookTarget webhook) {
}
