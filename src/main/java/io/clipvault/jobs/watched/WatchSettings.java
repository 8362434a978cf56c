package io.clipvault.jobs.watched;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Watching the jobs root.
 *
 * @param watch whether finished directories are accepted without a call
 * @param quietTime how long a directory must be unchanged before it counts as finished
 */
@ConfigurationProperties("clipvault.jobs")
public record WatchSettings(@DefaultValue("false") boolean watch, @DefaultValue("30s") Duration quietTime) {

	public WatchSettings {
		if (quietTime.isNegative() || quietTime.isZero()) {
			throw new IllegalArgumentException("clipvault.jobs.quiet-time must be longer than nothing: " + quietTime);
		}
	}

}
