package io.clipvault.jobs.ledger;

import java.time.Instant;

import io.clipvault.jobs.JobStatus;
import io.clipvault.jobs.Posting;
import io.clipvault.layouts.JobId;
import org.jspecify.annotations.Nullable;

/** A job as its rows describe it. */
public record Job(JobId id, String directory, long revision, JobStatus status, Counts counts, int attempts,
		@Nullable String error, Instant createdAt, @Nullable Instant startedAt, @Nullable Instant endedAt,
		@Nullable Instant nextAttemptAt, @Nullable Instant verifiedAt) {

	public Posting posting() {
		return new Posting(this.id, this.revision);
	}

	/** How many files and bytes of a job are in the bucket, of how many. */
	public record Counts(long filesDone, long filesTotal, long bytesDone, long bytesTotal) {
	}

}
