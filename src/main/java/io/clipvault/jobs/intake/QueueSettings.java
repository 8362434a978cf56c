package io.clipvault.jobs.intake;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How many jobs are accepted.
 *
 * @param queueCapacity how many jobs may wait; one more is answered with 503
 */
@ConfigurationProperties("clipvault.jobs")
record QueueSettings(@DefaultValue("10000") int queueCapacity) {

	QueueSettings {
		if (queueCapacity < 0) {
			throw new IllegalArgumentException("clipvault.jobs.queue-capacity must be at least 0: " + queueCapacity);
		}
	}

}
