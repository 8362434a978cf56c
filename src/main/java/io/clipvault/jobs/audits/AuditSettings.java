package io.clipvault.jobs.audits;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Audits.
 *
 * @param every how long after the service's first start, and then after each audit, the
 * next one begins by itself; 0 for never
 * @param mend whether an audit posts a job again if an object of it is missing and its
 * directory still has all files
 */
@ConfigurationProperties("clipvault.audit")
record AuditSettings(@DefaultValue("7d") Duration every, @DefaultValue("false") boolean mend) {

	AuditSettings {
		if (every.isNegative()) {
			throw new IllegalArgumentException("clipvault.audit.every must not be negative; 0 is off");
		}
	}

	boolean scheduled() {
		return !this.every.isZero();
	}

}
