package io.clipvault.jobs;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.clipvault.layouts.JobId;
import io.clipvault.webhooks.DeliveryOutcome;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * One finished run of the generator and how far its upload has come.
 *
 * @param files its files; a list of jobs leaves them out
 */
record Job(@Schema(type = "string", example = "sample") JobId id, @Schema(example = "sample") String directory,
		JobStatus status, @Schema(example = "2") long filesDone, @Schema(example = "3") long filesTotal,
		@Schema(example = "41943040") long bytesDone, @Schema(example = "41943964") long bytesTotal,
		@Schema(description = "How often its upload was begun", example = "1") int attempts,
		@Schema(description = "What went wrong last, in words", example = "null") @Nullable String error,
		Instant createdAt, @Nullable Instant startedAt, @Nullable Instant endedAt,
		@Schema(description = "How far the webhook's delivery is, once the job has ended") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable DeliveryOutcome webhook,
		@JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<JobFile> files) {

	/** Tells of every file and the webhook too, and counts what is on the way. */
	Job with(List<JobFile> all, @Nullable DeliveryOutcome webhook) {
		return new Job(this.id, this.directory, this.status,
				all.stream().filter((file) -> file.status() == JobStatus.COMPLETED).count(), all.size(),
				all.stream().mapToLong(JobFile::bytesDone).sum(), all.stream().mapToLong(JobFile::size).sum(),
				this.attempts, this.error, this.createdAt, this.startedAt, this.endedAt, webhook, all);
	}

	/** Leaves out what only the job's own page tells. */
	Job summary() {
		return new Job(this.id, this.directory, this.status, this.filesDone, this.filesTotal, this.bytesDone,
				this.bytesTotal, this.attempts, this.error, this.createdAt, this.startedAt, this.endedAt, null, null);
	}

}
