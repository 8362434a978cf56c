package io.clipvault.jobs.follow;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.clipvault.jobs.JobStatus;
import io.clipvault.jobs.ledger.JobView;
import io.clipvault.layouts.JobId;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The progress and speed of a job at one moment. */
record JobProgress(@Schema(type = "string", example = "sample") JobId id, JobStatus status,
		@Schema(example = "2") long filesDone, @Schema(example = "3") long filesTotal,
		@Schema(example = "41943040") long bytesDone, @Schema(example = "41943964") long bytesTotal,
		@Schema(example = "10485760") long bytesPerSecond,
		@Schema(description = "Null while no bytes are sent", example = "4") @Nullable Long secondsLeft,
		@Nullable String error, @Schema(description = "When a failed job is tried again by itself",
				example = "null") @Nullable Instant nextAttemptAt) {

	static JobProgress of(JobView job, long bytesPerSecond) {
		long left = job.bytesTotal() - job.bytesDone();
		Long seconds = (job.status().ended() || bytesPerSecond <= 0) ? null
				: Long.valueOf((left + bytesPerSecond - 1) / bytesPerSecond);
		return new JobProgress(job.id(), job.status(), job.filesDone(), job.filesTotal(), job.bytesDone(),
				job.bytesTotal(), bytesPerSecond, seconds, job.error(), job.nextAttemptAt());
	}

	/** Whether nothing more will happen by itself. */
	@JsonIgnore
	boolean isOver() {
		return this.status.ended() && this.nextAttemptAt == null;
	}

}
