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
 * @param files its files; absent in a list of jobs
 */
@Schema(name = "Job")
public record JobView(@Schema(type = "string", example = "sample") JobId id,
		@Schema(example = "sample") String directory, JobStatus status, @Schema(example = "2") long filesDone,
		@Schema(example = "3") long filesTotal, @Schema(example = "41943040") long bytesDone,
		@Schema(example = "41943964") long bytesTotal,
		@Schema(description = "How many times its upload was started", example = "1") int attempts,
		@Schema(description = "The last error, in words", example = "null") @Nullable String error, Instant createdAt,
		@Nullable Instant startedAt, @Nullable Instant endedAt,
		@Schema(description = "The state of the webhook's delivery, once the job has ended") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable DeliveryOutcome webhook,
		@JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<JobFile> files) {

	/** The job without its files. */
	public static JobView of(Job job) {
		return new JobView(job.id(), job.directory(), job.status(), job.counts().filesDone(), job.counts().filesTotal(),
				job.counts().bytesDone(), job.counts().bytesTotal(), job.attempts(), job.error(), job.createdAt(),
				job.startedAt(), job.endedAt(), null, null);
	}

	/** The job with its files, whose bytes in flight count as done. */
	static JobView of(Job job, List<JobFile> files, @Nullable DeliveryOutcome webhook) {
		return new JobView(job.id(), job.directory(), job.status(),
				files.stream().filter((file) -> file.status() == JobStatus.COMPLETED).count(), files.size(),
				files.stream().mapToLong(JobFile::bytesDone).sum(), files.stream().mapToLong(JobFile::size).sum(),
				job.attempts(), job.error(), job.createdAt(), job.startedAt(), job.endedAt(), webhook, files);
	}

}
