package io.clipvault.jobs.runs;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How often a job is tried.
 *
 * @param maxFailures how many failures that may pass, such as a store that does not
 * answer, a job may have before it fails
 * @param retryDelay how long a job waits after the first such failure; each further one
 * doubles it, up to five minutes
 * @param retryFailedAfter how long after it has failed a job is tried again by itself;
 * each further failure doubles it, up to six hours
 * @param giveUpAfter how long a failed job is tried again; 0 for never
 */
@ConfigurationProperties("clipvault.jobs")
record RetrySettings(@DefaultValue("8") int maxFailures, @DefaultValue("5s") Duration retryDelay,
		@DefaultValue("15m") Duration retryFailedAfter, @DefaultValue("7d") Duration giveUpAfter) {

	RetrySettings {
		if (maxFailures < 1) {
			throw new IllegalArgumentException("clipvault.jobs.max-failures must be at least 1: " + maxFailures);
		}
		if (!retryFailedAfter.isPositive() || giveUpAfter.isNegative()) {
			throw new IllegalArgumentException(
					"clipvault.jobs.retry-failed-after must be longer than 0, and clipvault.jobs.give-up-after at least 0");
		}
	}

}
