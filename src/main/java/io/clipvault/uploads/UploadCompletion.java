package io.clipvault.uploads;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Says which job the uploads become. */
record CompletionRequest(
		@Schema(description = "The job; the name of the uploads' folder when absent",
				example = "talk") @Nullable String jobId,
		@Schema(description = "Whether a file that the job has already is replaced; refused when absent",
				example = "false") @Nullable Boolean replace) {

	static final CompletionRequest USUAL = new CompletionRequest(null, null);

	boolean replaces() {
		return Boolean.TRUE.equals(this.replace);
	}

}
