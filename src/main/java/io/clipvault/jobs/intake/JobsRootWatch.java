package io.clipvault.jobs.intake;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import io.clipvault.jobs.folders.DirectorySnapshot;
import io.clipvault.jobs.folders.FolderSettings;
import io.clipvault.jobs.watched.WatchSettings;
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

	/**
	 * How many settled directories a look reads at least, although their date says
	 * enough.
	 */
	private static final int FULL_LOOKS = 100;

	/**
	 * Looks until every file was looked at again, for files that are rewritten in place.
	 */
	private static final int LONGEST_ROUND = 720;

	private static final Logger log = LoggerFactory.getLogger(JobsRootWatch.class);

	private final Path root;

	private final JobCompleteness completeness;

	private final WatchSettings watching;

	private final JobAcceptance acceptance;

	private final Clock clock;

	private final Map<String, Sight> sights = new HashMap<>();

	/** The last failure of each directory, so that it is logged once. */
	private final Map<String, String> troubles = new HashMap<>();

	private int looks;

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
		Set<String> present = new HashSet<>();
		int round = Math.clamp(this.sights.size() / FULL_LOOKS, 1, LONGEST_ROUND);
		this.looks++;
		try (DirectoryStream<Path> found = Files.newDirectoryStream(this.root)) {
			for (Path path : found) {
				String name = path.getFileName().toString();
				if (JobId.isValid(name)) {
					boolean full = Math.floorMod(name.hashCode(), round) == this.looks % round;
					if (lookOrLog(name, path, full)) {
						present.add(name);
					}
				}
			}
		}
		catch (IOException | DirectoryIteratorException failure) {
			log.warn("The jobs root {} cannot be watched: {}.", this.root, failure.toString());
			return;
		}
		this.sights.keySet().retainAll(present);
		this.troubles.keySet().retainAll(present);
	}

	/**
	 * Logs a failure, so that the other directories are still looked at.
	 * @return whether it is a directory
	 */
	private boolean lookOrLog(String name, Path path, boolean full) {
		try {
			BasicFileAttributes directory = Files.readAttributes(path, BasicFileAttributes.class,
					LinkOption.NOFOLLOW_LINKS);
			if (directory.isDirectory()) {
				look(name, path, directory.lastModifiedTime().toMillis(), full);
			}
			return directory.isDirectory();
		}
		catch (NoSuchFileException gone) {
			log.debug("Job {}: its directory is gone.", name, gone);
			return false;
		}
		catch (IOException failure) {
			tell(name, "its directory could not be read: " + failure + ". The next look tries again.");
			return true;
		}
	}

	private void look(String name, Path path, long modified, boolean full) throws IOException {
		Sight before = this.sights.get(name);
		Instant now = this.clock.instant();
		if (before != null && !full && before.isSettled(modified, now)) {
			return;
		}
		DirectorySnapshot content = DirectorySnapshot.of(path);
		if (before == null || !before.shows(content) || before.isAhead(now)) {
			Sight first = Sight.first(modified, content, now);
			boolean known = before == null && this.acceptance.isKnown(content);
			this.sights.put(name, known ? first.with(Sight.Outcome.TAKEN, modified) : first);
		}
		else if (before.isDue(this.watching.quietTime(), now)) {
			this.sights.put(name, settle(before.with(Sight.Outcome.OPEN, modified), content));
		}
		else {
			this.sights.put(name, before.with(before.outcome(), modified));
		}
	}

	/** Accepts this content if it is complete. */
	private Sight settle(Sight sight, DirectorySnapshot now) {
		if (!now.isComplete(this.completeness)) {
			return sight.with(Sight.Outcome.INCOMPLETE, sight.modified());
		}
		try {
			if (this.acceptance.acceptOnce(now)) {
				log.info("Job {}: its directory is complete and unchanged, and is accepted.", now.name());
			}
			this.troubles.remove(now.name());
			return sight.with(Sight.Outcome.TAKEN, sight.modified());
		}
		catch (Problem problem) {
			if (problem.type() == ProblemType.JOB_ACTIVE) {
				// The next look tries again: its end is not to be missed.
				return sight;
			}
			tell(now.name(), problem.detail());
		}
		catch (RuntimeException failure) {
			tell(now.name(), failure.toString());
		}
		return sight.failed(this.clock.instant());
	}

	private void tell(String name, String why) {
		if (!why.equals(this.troubles.put(name, why))) {
			log.warn("Job {}: its directory cannot be accepted yet, and is tried again. {}", name, why);
		}
	}

}
