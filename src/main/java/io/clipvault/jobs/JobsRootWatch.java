package io.clipvault.jobs;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import io.clipvault.layouts.JobId;
import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
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

	private final JobQueue queue;

	private final Clock clock;

	private final Map<JobId, Sight> sights = new HashMap<>();

	/** What was told of a directory, so that it is told once. */
	private final Map<JobId, String> troubles = new HashMap<>();

	JobsRootWatch(JobsSettings settings, WatchSettings watching, JobQueue queue, Clock clock) {
		this.settings = settings;
		this.watching = watching;
		this.queue = queue;
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
					lookOrTell(new JobId(name), path);
				}
			}
		}
		catch (IOException | DirectoryIteratorException failure) {
			log.warn("The jobs root {} cannot be watched: {}.", this.settings.root(), failure.toString());
		}
		this.sights.keySet().retainAll(present);
		this.troubles.keySet().retainAll(present);
	}

	/** No directory keeps the others from being looked at. */
	private void lookOrTell(JobId job, Path path) {
		try {
			look(job, path);
			this.troubles.remove(job);
		}
		catch (NoSuchFileException gone) {
			log.debug("Job {}: its directory is gone.", job, gone);
		}
		catch (IOException | RuntimeException failure) {
			if (!failure.toString().equals(this.troubles.put(job, failure.toString()))) {
				log.warn("Job {}: its directory could not be looked at or taken in. It is tried again at every look.",
						job, failure);
			}
		}
	}

	private void look(JobId job, Path path) throws IOException {
		WatchedDirectory now = WatchedDirectory.look(path);
		String activity = now.digest((name) -> true);
		Sight sight = this.sights.get(job);
		if (sight == null || !sight.activity().equals(activity)) {
			this.sights.put(job, new Sight(activity, this.clock.instant(), false));
		}
		else if (!sight.settled() && !this.clock.instant().isBefore(sight.since().plus(this.watching.quietTime()))
				&& now.complete(this.settings::isArtifact) && settled(now)) {
			this.sights.put(job, new Sight(activity, sight.since(), true));
		}
	}

	/** Whether nothing more has to be done for this content. */
	private boolean settled(WatchedDirectory now) {
		try {
			if (this.queue.acceptOnce(now)) {
				log.info("Job {}: its directory is complete and quiet, and is taken in.", now.name());
			}
			return true;
		}
		catch (Problem problem) {
			boolean later = problem.type() == ProblemType.JOB_ACTIVE || problem.type() == ProblemType.QUEUE_FULL;
			if (!later) {
				log.warn("Job {}: its directory cannot be taken in. {}", now.name(), problem.detail());
			}
			return !later;
		}
	}

	/** Since when a directory has looked like this, and whether that was dealt with. */
	private record Sight(String activity, Instant since, boolean settled) {
	}

}
