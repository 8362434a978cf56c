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
 */
@ConfigurationProperties("clipvault.jobs")
record RetrySettings(@DefaultValue("8") int maxFailures, @DefaultValue("5s") Duration retryDelay) {

	RetrySettings {
		if (maxFailures < 1) {
			throw new IllegalArgumentException("clipvault.jobs.max-failures must be at least 1: " + maxFailures);
		}
	}

}
