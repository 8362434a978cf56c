package io.clipvault.jobs.ledger;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

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
		return new Failures(this.count, this.retries + 1, (this.since != null) ? this.since : failed);
	}

}
