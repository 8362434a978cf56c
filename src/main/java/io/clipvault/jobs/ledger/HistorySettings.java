package io.clipvault.jobs.ledger;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long jobs are remembered.
 *
 * @param history how long after its end a job is shown; its objects stay in the bucket
 */
@ConfigurationProperties("clipvault.jobs")
record HistorySettings(@DefaultValue("90d") Duration history) {

	HistorySettings {
		if (!history.isPositive()) {
			throw new IllegalArgumentException("clipvault.jobs.history must be longer than 0: " + history);
		}
	}

}
