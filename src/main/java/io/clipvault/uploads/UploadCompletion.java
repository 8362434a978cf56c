package io.clipvault.uploads;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The job that finished uploads become. */
record UploadCompletion(
		@Schema(description = "The job; the name of the uploads' folder if absent",
				example = "talk") @Nullable String jobId,
		@Schema(description = "Whether to replace files that the job already has; if absent, they are refused",
				example = "false") @Nullable Boolean replace) {

	static final UploadCompletion DEFAULT = new UploadCompletion(null, null);

	boolean replaces() {
		return Boolean.TRUE.equals(this.replace);
	}

}
