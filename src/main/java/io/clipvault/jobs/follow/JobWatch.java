package io.clipvault.jobs.follow;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

import io.clipvault.jobs.ledger.JobDetails;
import io.clipvault.jobs.ledger.JobView;
import io.clipvault.layouts.JobId;
import org.jspecify.annotations.Nullable;

/** Follows one job for all its followers, and how fast its bytes arrive. */
final class JobWatch {

	static final Duration INTERVAL = Duration.ofMillis(500);

	private static final Duration RATE_OVER = Duration.ofSeconds(5);

	private final Deque<Seen> seen = new ArrayDeque<>();

	private @Nullable JobProgress latest;

	/** The job's progress, at most one interval old. */
	synchronized JobProgress look(JobDetails jobs, JobId id, Clock clock) {
		Instant now = clock.instant();
		if (this.latest == null || this.seen.isEmpty() || now.isBefore(this.seen.getLast().at())
				|| !now.isBefore(this.seen.getLast().at().plus(INTERVAL))) {
			return take(jobs.progress(id), now);
		}
		return this.latest;
	}

	/** The job's progress, if it was read by now. */
	synchronized @Nullable JobProgress latest() {
		return this.latest;
	}

	/** Takes what was read of the job, and returns its progress. */
	synchronized JobProgress take(JobView job, Instant now) {
		if (!this.seen.isEmpty() && now.isBefore(this.seen.getLast().at())) {
			// The clock was set back, and a speed over both times would be wrong.
			this.seen.clear();
		}
		this.seen.add(new Seen(now, job.bytesDone()));
		while (this.seen.getFirst().at().isBefore(now.minus(RATE_OVER))) {
			this.seen.removeFirst();
		}
		JobProgress progress = JobProgress.of(job, rate());
		this.latest = progress;
		return progress;
	}

	private long rate() {
		Seen first = this.seen.getFirst();
		Seen last = this.seen.getLast();
		long millis = Duration.between(first.at(), last.at()).toMillis();
		return (millis == 0) ? 0 : Math.max(0, (last.bytes() - first.bytes()) * 1000 / millis);
	}

	/** The bytes that were done at a moment. */
	private record Seen(Instant at, long bytes) {
	}

}
