package io.clipvault.jobs.artifacts;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long the copies stay that this service made of received files.
 *
 * @param keep how long after its job was completed a copy is removed, if the bucket has
 * the same content
 */
@ConfigurationProperties("clipvault.jobs.intake")
record CopySettings(@DefaultValue("1h") Duration keep) {

	CopySettings {
		if (!keep.isPositive()) {
			throw new IllegalArgumentException("clipvault.jobs.intake.keep must be longer than nothing: " + keep);
		}
	}

}
