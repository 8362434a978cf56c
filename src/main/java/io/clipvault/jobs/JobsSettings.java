package io.clipvault.jobs;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Jobs: where they are found, what of them is uploaded, and how often it is tried.
 *
 * @param root the folder that holds the jobs' directories; nothing outside it is read
 * @param artifactExtensions the endings of the files that are uploaded
 * @param ignoredPrefixes the beginnings of the files that are left behind all the same
 * @param parallelJobs how many jobs are under way at once; what they send at once is
 * bounded by clipvault.upload.parallel
 * @param queueCapacity how many jobs may wait; one more is answered with 503
 * @param maxFailures how many failures that may pass, such as a store that does not
 * answer, a job may have before it fails
 * @param retryDelay how long a job waits after the first such failure; each further one
 * doubles it, up to five minutes
 */
@ConfigurationProperties("clipvault.jobs")
record JobsSettings(@DefaultValue("./output") Path root, @DefaultValue( {
		".mp4", ".json" }) List<String> artifactExtensions, @DefaultValue("temp_") List<String> ignoredPrefixes,
		@DefaultValue("32") int parallelJobs, @DefaultValue("10000") int queueCapacity,
		@DefaultValue("8") int maxFailures, @DefaultValue("5s") Duration retryDelay){

	JobsSettings {
		if (parallelJobs < 1 || maxFailures < 1 || queueCapacity < 0) {
			throw new IllegalArgumentException(
					"clipvault.jobs: parallel-jobs and max-failures must be at least 1, queue-capacity at least 0");
		}
	}

	boolean isArtifact(String fileName) {
		String name = fileName.toLowerCase(Locale.ROOT);
		return this.artifactExtensions.stream().anyMatch((ending) -> name.endsWith(ending.toLowerCase(Locale.ROOT)))
				&& this.ignoredPrefixes.stream().noneMatch(fileName::startsWith);
	}

}
