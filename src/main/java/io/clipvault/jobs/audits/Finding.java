package io.clipvault.jobs.audits;

import io.clipvault.layouts.JobId;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * An object that is not as it should be.
 *
 * @param jobId the job that its key names, if it names one
 */
@Schema(name = "AuditFinding")
record Finding(@Schema(type = "string", example = "sample") @Nullable JobId jobId,
		@Schema(example = "sample/talk_clip_1.mp4") String key) {

	/** In which way an object is not as it should be. */
	enum Kind {

		/** A completed job has it, and the bucket does not. */
		MISSING,

		/**
		 * It has another size or content than the job's file, or it alone cannot be read.
		 */
		CHANGED,

		/** It belongs to no known job. */
		UNKNOWN

	}

}
