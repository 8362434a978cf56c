package io.clipvault.jobs.ledger;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.clipvault.jobs.JobStatus;
import io.clipvault.layouts.JobId;
import io.clipvault.webhooks.DeliveryOutcome;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A job as callers see it.
 *
 * @param files its first files; absent in a list of jobs
 */
@Schema(name = "Job")
public record JobView(@Schema(type = "string", example = "sample") JobId id,
		@Schema(example = "sample") String directory, JobStatus status, @Schema(example = "2") long filesDone,
		@Schema(example = "3") long filesTotal, @Schema(example = "41943040") long bytesDone,
		@Schema(example = "41943964") long bytesTotal,
		@Schema(description = "How many times its upload was started", example = "1") int attempts,
		@Schema(description = "The last error, in words", example = "null") @Nullable String error, Instant createdAt,
		@Nullable Instant startedAt, @Nullable Instant endedAt,
		@Schema(description = "When a failed job is tried again by itself; null if it is not",
				example = "null") @Nullable Instant nextAttemptAt,
		@Schema(description = "When an audit last found all of its files in the bucket") @Nullable Instant verifiedAt,
		@Schema(description = "The name of the key or token that posted it; null if none was needed, or if the watch found it",
				example = "ci") @Nullable String createdBy,
		@Schema(description = "The state of the webhook's delivery, once the job has ended") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable DeliveryOutcome webhook,
		@JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<JobFile> files,
		@Schema(description = "How many files are not in this answer: see /jobs/{id}/files",
				example = "0") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long filesOmitted) {

	/** The job without its files. */
	public static JobView of(Job job) {
		return of(job, 0);
	}

	/** The job without its files; bytes in flight count as done. */
	static JobView of(Job job, long inFlight) {
		Job.Counts counts = job.counts();
		return new JobView(job.id(), job.directory(), job.status(), counts.filesDone(), counts.filesTotal(),
				Math.min(counts.bytesTotal(), counts.bytesDone() + inFlight), counts.bytesTotal(), job.attempts(),
				job.error(), job.createdAt(), job.startedAt(), job.endedAt(), job.nextAttemptAt(), job.verifiedAt(),
				job.createdBy(), null, null, null);
	}

	JobView with(List<JobFile> first, @Nullable DeliveryOutcome delivery) {
		return new JobView(this.id, this.directory, this.status, this.filesDone, this.filesTotal, this.bytesDone,
				this.bytesTotal, this.attempts, this.error, this.createdAt, this.startedAt, this.endedAt,
				this.nextAttemptAt, this.verifiedAt, this.createdBy, delivery, first, this.filesTotal - first.size());
	}

}
