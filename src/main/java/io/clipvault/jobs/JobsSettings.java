package io.clipvault.jobs;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Jobs: where they are found, what of them is uploaded, and how much at once.
 *
 * @param root the folder that holds the jobs' directories; nothing outside it is read
 * @param artifactExtensions the endings of the files that are uploaded
 * @param ignoredPrefixes the beginnings of the files that are left behind all the same
 * @param parallelJobs how many jobs are uploaded at once
 * @param parallelFiles how many files are uploaded at once, over all jobs
 * @param queueCapacity how many jobs may wait; one more is answered with 503
 */
@ConfigurationProperties("clipvault.jobs")
record JobsSettings(@DefaultValue("./output") Path root, @DefaultValue( {
		".mp4", ".json" }) List<String> artifactExtensions, @DefaultValue("temp_") List<String> ignoredPrefixes,
		@DefaultValue("4") int parallelJobs, @DefaultValue("8") int parallelFiles,
		@DefaultValue("1000") int queueCapacity){

	JobsSettings {
		if (parallelJobs < 1 || parallelFiles < 1 || queueCapacity < 0) {
			throw new IllegalArgumentException(
					"clipvault.jobs: parallel-jobs and parallel-files must be at least 1, queue-capacity at least 0");
		}
	}

	boolean isArtifact(String fileName) {
		String name = fileName.toLowerCase(Locale.ROOT);
		return this.artifactExtensions.stream().anyMatch((ending) -> name.endsWith(ending.toLowerCase(Locale.ROOT)))
				&& this.ignoredPrefixes.stream().noneMatch(fileName::startsWith);
	}

}
