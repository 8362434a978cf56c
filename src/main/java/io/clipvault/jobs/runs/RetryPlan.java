package io.clipvault.jobs.runs;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

import org.springframework.stereotype.Component;

/** Decides when a job that could not be uploaded is tried again. */
@Component
class RetryPlan {

	private static final Duration LONGEST = Duration.ofMinutes(5);

	private final RetrySettings settings;

	private final Clock clock;

	RetryPlan(RetrySettings settings, Clock clock) {
		this.settings = settings;
		this.clock = clock;
	}

	/**
	 * Doubles the delay with each failure, and subtracts up to half of it at random, so
	 * that jobs that failed together are not retried together.
	 * @return empty after the last try
	 */
	Optional<Instant> after(int failures) {
		if (failures >= this.settings.maxFailures()) {
			return Optional.empty();
		}
		long doubled = this.settings.retryDelay().toMillis() << Math.min(failures - 1, 20);
		long delay = Math.min(doubled, LONGEST.toMillis());
		return Optional.of(now().plusMillis(delay / 2 + ThreadLocalRandom.current().nextLong(delay / 2 + 1)));
	}

	Instant now() {
		return this.clock.instant();
	}

}
