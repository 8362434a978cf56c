package io.clipvault.jobs.audits;

import io.clipvault.layouts.JobId;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What to compare. */
record AuditRequest(
		@Schema(description = "Only this job; all jobs, and the objects of no known job, if it is left out",
				example = "sample") @Nullable String jobId,
		@Schema(description = "Whether to read and hash the bytes of the objects", example = "false",
				defaultValue = "false") @Nullable Boolean deep) {

	@Nullable JobId job() {
		return (this.jobId == null) ? null : new JobId(this.jobId);
	}

	boolean isDeep() {
		return Boolean.TRUE.equals(this.deep);
	}

}
