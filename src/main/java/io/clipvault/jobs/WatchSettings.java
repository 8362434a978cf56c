package io.clipvault.jobs;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Watching the jobs root.
 *
 * @param watch whether finished directories are taken in without a call
 * @param quietTime how long nothing in a directory may change before it is taken for
 * finished
 */
@ConfigurationProperties("clipvault.jobs")
record WatchSettings(@DefaultValue("false") boolean watch, @DefaultValue("30s") Duration quietTime) {

	WatchSettings {
		if (quietTime.isNegative() || quietTime.isZero()) {
			throw new IllegalArgumentException("clipvault.jobs.quiet-time must be longer than nothing: " + quietTime);
		}
	}

}
