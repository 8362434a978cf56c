package io.clipvault.jobs;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import io.clipvault.storage.JobId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Takes in directories that a generator has finished without a word, once for each
 * content.
 */
@Component
@ConditionalOnBooleanProperty("clipvault.jobs.watch")
class JobsRootWatch {

	/** One look costs a call to the system for each file. */
	private static final int MOST_DIRECTORIES = 10_000;

	private static final Logger log = LoggerFactory.getLogger(JobsRootWatch.class);

	private final JobsSettings settings;

	private final WatchSettings watching;

	private final WatchedJobs jobs;

	private final Clock clock;

	private final Map<JobId, Sight> sights = new HashMap<>();

	JobsRootWatch(JobsSettings settings, WatchSettings watching, WatchedJobs jobs, Clock clock) {
		this.settings = settings;
		this.watching = watching;
		this.jobs = jobs;
		this.clock = clock;
		log.info("Watching {}: directories that are complete and quiet for {} s are taken in.", settings.root(),
				watching.quietTime().toSeconds());
	}

	@Scheduled(fixedDelay = 5000)
	synchronized void look() {
		if (!Files.isDirectory(this.settings.root())) {
			return;
		}
		Set<JobId> present = new HashSet<>();
		try (DirectoryStream<Path> found = Files.newDirectoryStream(this.settings.root())) {
			for (Path path : found) {
				String name = path.getFileName().toString();
				if (JobId.isValid(name) && Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)
						&& present.size() < MOST_DIRECTORIES) {
					present.add(new JobId(name));
					look(new JobId(name), path);
				}
			}
		}
		catch (IOException failure) {
			log.warn("The jobs root {} cannot be watched: {}.", this.settings.root(), failure.toString());
		}
		this.sights.keySet().retainAll(present);
	}

	private void look(JobId job, Path path) {
		try {
			WatchedDirectory now = WatchedDirectory.look(path);
			String activity = now.digest((name) -> true);
			Sight sight = this.sights.get(job);
			if (sight == null || !sight.activity().equals(activity)) {
				// Jobs are dated in milliseconds too.
				this.sights.put(job, new Sight(activity, Instant.ofEpochMilli(this.clock.millis()), false));
			}
			else if (!sight.settled()
					&& !this.clock.instant().isBefore(sight.since().plus(this.watching.quietTime()))) {
				Predicate<String> artifacts = this.settings::isArtifact;
				if (now.complete(artifacts) && settled(job, now.digest(artifacts), sight.since())) {
					this.sights.put(job, new Sight(activity, sight.since(), true));
				}
			}
		}
		catch (IOException failure) {
			log.debug("Job {}: its directory could not be looked at, which may pass.", job, failure);
		}
	}

	/** Whether nothing more has to be done for this content. */
	private boolean settled(JobId job, String content, Instant since) {
		try {
			if (this.jobs.take(job, content, since)) {
				log.info("Job {}: its directory is complete and quiet, and is taken in.", job);
			}
			return true;
		}
		catch (Problem problem) {
			boolean later = problem.type() == ProblemType.JOB_ACTIVE || problem.type() == ProblemType.QUEUE_FULL;
			if (!later) {
				log.warn("Job {}: its directory cannot be taken in. {}", job, problem.detail());
			}
			return !later;
		}
	}

	/** Since when a directory has looked like this, and whether that was dealt with. */
	private record Sight(String activity, Instant since, boolean settled) {
	}

}
