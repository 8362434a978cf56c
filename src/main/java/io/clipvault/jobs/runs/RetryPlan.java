package io.clipvault.jobs.runs;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

import io.clipvault.jobs.ledger.Job;

import org.springframework.stereotype.Component;

/**
 * Decides when a job that could not be uploaded is tried again, and when it is given up.
 */
@Component
class RetryPlan {

	private static final Duration LONGEST = Duration.ofMinutes(5);

	private static final Duration LONGEST_FAILED = Duration.ofHours(6);

	private final RetrySettings settings;

	private final Clock clock;

	RetryPlan(RetrySettings settings, Clock clock) {
		this.settings = settings;
		this.clock = clock;
	}

	/**
	 * When a job is tried again after failures that may pass. The delay doubles, and
	 * loses up to half of it at random, so that jobs that failed together are not retried
	 * together.
	 * @return empty after the last try
	 */
	Optional<Instant> after(int failures) {
		if (failures >= this.settings.maxFailures()) {
			return Optional.empty();
		}
		long delay = doubled(this.settings.retryDelay(), failures - 1, LONGEST);
		return Optional.of(now().plusMillis(delay / 2 + ThreadLocalRandom.current().nextLong(delay / 2 + 1)));
	}

	/**
	 * When a job that has failed is tried again: each time after twice the delay, and up
	 * to a twentieth later at random.
	 * @return empty when it is given up
	 */
	Optional<Instant> afterFailing(Job.Failures failures) {
		Instant since = (failures.since() != null) ? failures.since() : now();
		Instant end = since.plus(this.settings.giveUpAfter());
		if (!now().isBefore(end)) {
			return Optional.empty();
		}
		long delay = doubled(this.settings.retryFailedAfter(), failures.retries(), LONGEST_FAILED);
		Instant next = now().plusMillis(delay + ThreadLocalRandom.current().nextLong(delay / 20 + 1));
		return Optional.of(next.isBefore(end) ? next : end);
	}

	/** The latest time for which this plan lets a job wait now. */
	Instant latest() {
		Duration longest = Stream.of(LONGEST_FAILED, this.settings.retryFailedAfter(), this.settings.retryDelay())
			.max(Comparator.naturalOrder())
			.orElseThrow();
		return now().plus(longest).plus(longest.dividedBy(20));
	}

	private static long doubled(Duration first, int times, Duration longest) {
		long most = Math.max(first.toMillis(), longest.toMillis());
		return Math.min(first.toMillis() * (1L << Math.min(times, 20)), most);
	}

	Instant now() {
		return this.clock.instant();
	}

}
