package io.clipvault.jobs.intake;

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

import io.clipvault.jobs.folders.DirectorySnapshot;
import io.clipvault.jobs.folders.FolderSettings;
import io.clipvault.jobs.ledger.WatchSettings;
import io.clipvault.layouts.ArtifactSettings;
import io.clipvault.layouts.JobCompleteness;
import io.clipvault.layouts.JobId;
import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Accepts directories that a generator has finished, without a call, once per content.
 */
@Component
@ConditionalOnBooleanProperty("clipvault.jobs.watch")
class JobsRootWatch {

	/** Each look costs a system call for every file. */
	private static final int MOST_DIRECTORIES = 10_000;

	private static final Logger log = LoggerFactory.getLogger(JobsRootWatch.class);

	private final Path root;

	private final JobCompleteness completeness;

	private final WatchSettings watching;

	private final JobAcceptance acceptance;

	private final Clock clock;

	private final Map<JobId, Sight> sights = new HashMap<>();

	/** The last failure of each directory, so that it is logged once. */
	private final Map<JobId, String> troubles = new HashMap<>();

	JobsRootWatch(FolderSettings folders, ArtifactSettings artifacts, WatchSettings watching, JobAcceptance acceptance,
			Clock clock) {
		this.root = folders.root();
		this.completeness = new JobCompleteness(artifacts);
		this.watching = watching;
		this.acceptance = acceptance;
		this.clock = clock;
		log.info("Watching {}: directories that are complete and unchanged for {} s are accepted.", this.root,
				watching.quietTime().toSeconds());
	}

	@Scheduled(fixedDelay = 5000)
	synchronized void look() {
		if (!Files.isDirectory(this.root)) {
			return;
		}
		Set<JobId> present = new HashSet<>();
		try (DirectoryStream<Path> found = Files.newDirectoryStream(this.root)) {
			for (Path path : found) {
				String name = path.getFileName().toString();
				if (JobId.isValid(name) && Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)
						&& present.size() < MOST_DIRECTORIES) {
					present.add(new JobId(name));
					lookOrLog(new JobId(name), path);
				}
			}
		}
		catch (IOException | DirectoryIteratorException failure) {
			log.warn("The jobs root {} cannot be watched: {}.", this.root, failure.toString());
		}
		this.sights.keySet().retainAll(present);
		this.troubles.keySet().retainAll(present);
	}

	/** Logs a failure, so that the other directories are still looked at. */
	private void lookOrLog(JobId job, Path path) {
		try {
			look(job, path);
			this.troubles.remove(job);
		}
		catch (NoSuchFileException gone) {
			log.debug("Job {}: its directory is gone.", job, gone);
		}
		catch (IOException | RuntimeException failure) {
			if (!failure.toString().equals(this.troubles.put(job, failure.toString()))) {
				log.warn("Job {}: its directory could not be read or accepted. The next look tries again.", job,
						failure);
			}
		}
	}

	private void look(JobId job, Path path) throws IOException {
		DirectorySnapshot now = DirectorySnapshot.of(path);
		String activity = now.digest((name) -> true);
		Sight sight = this.sights.get(job);
		if (sight == null || !sight.activity().equals(activity)) {
			this.sights.put(job, new Sight(activity, this.clock.instant(), false));
		}
		else if (!sight.settled() && !this.clock.instant().isBefore(sight.since().plus(this.watching.quietTime()))
				&& now.isComplete(this.completeness) && settle(now)) {
			this.sights.put(job, new Sight(activity, sight.since(), true));
		}
	}

	/**
	 * Accepts this content.
	 * @return false if that has to be tried again
	 */
	private boolean settle(DirectorySnapshot now) {
		try {
			if (this.acceptance.acceptOnce(now)) {
				log.info("Job {}: its directory is complete and unchanged, and is accepted.", now.name());
			}
			return true;
		}
		catch (Problem problem) {
			boolean later = problem.type() == ProblemType.JOB_ACTIVE || problem.type() == ProblemType.QUEUE_FULL;
			if (!later) {
				log.warn("Job {}: its directory cannot be accepted. {}", now.name(), problem.detail());
			}
			return !later;
		}
	}

	/** Since when a directory has not changed, and whether its content was accepted. */
	private record Sight(String activity, Instant since, boolean settled) {
	}

}
