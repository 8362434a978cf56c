package io.clipvault.jobs.ledger;

import java.time.Instant;

import io.clipvault.jobs.JobStatus;
import io.clipvault.jobs.Posting;
import io.clipvault.layouts.JobId;
import org.jspecify.annotations.Nullable;

/** A job as its rows describe it. */
public record Job(JobId id, String directory, long revision, JobStatus status, Counts counts, int attempts,
		@Nullable String error, Instant createdAt, @Nullable Instant startedAt, @Nullable Instant endedAt,
		@Nullable Instant nextAttemptAt, @Nullable Instant verifiedAt, @Nullable String createdBy) {

	public Posting posting() {
		return new Posting(this.id, this.revision);
	}

	/** How many files and bytes of a job are in the bucket, of how many. */
	public record Counts(long filesDone, long filesTotal, long bytesDone, long bytesTotal) {
	}

	/**
	 * The failures of a job since it last made progress.
	 *
	 * @param count failures that may pass
	 * @param retries how often the failed job was tried again
	 * @param since when the job failed for the first time
	 */
	public record Failures(int count, int retries, @Nullable Instant since) {

		public static final Failures NONE = new Failures(0, 0, null);

		/** One more failure that may pass. */
		public Failures more() {
			return new Failures(this.count + 1, this.retries, this.since);
		}

		/** The job failed, and is tried again. */
		public Failures retriedAfter(Instant failed) {
			// A first failure that is still to come shows that the clock was set back.
			boolean known = this.since != null && !this.since.isAfter(failed);
			return new Failures(this.count, this.retries + 1, known ? this.since : failed);
		}

	}

}
