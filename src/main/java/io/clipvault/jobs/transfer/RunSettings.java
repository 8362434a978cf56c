package io.clipvault.jobs.transfer;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How many jobs run at once.
 *
 * @param parallelJobs how many jobs run at once; a job that runs costs little, because
 * what all of them send at once is bounded by clipvault.upload.parallel
 */
@ConfigurationProperties("clipvault.jobs")
public record RunSettings(@DefaultValue("256") int parallelJobs) {

	public RunSettings {
		if (parallelJobs < 1) {
			throw new IllegalArgumentException("clipvault.jobs.parallel-jobs must be at least 1: " + parallelJobs);
		}
	}

}
