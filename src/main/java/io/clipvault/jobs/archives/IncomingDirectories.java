package io.clipvault.jobs.archives;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.clipvault.jobs.folders.FolderSettings;
import io.clipvault.jobs.folders.FreeDisk;
import io.clipvault.layouts.JobId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;

/**
 * The hidden folders of the jobs root: files that are arriving, and directories that are
 * being replaced.
 */
@Component
public class IncomingDirectories {

	/**
	 * No body pauses for longer: a folder in which nothing changed since belongs to a
	 * killed process.
	 */
	static final Duration LONGEST_PAUSE = Duration.ofDays(1);

	/**
	 * The longest time between two renames of one process. Until its transaction has
	 * ended it may still put the replaced directory back, which can take minutes.
	 */
	static final Duration LONGEST_SWAP = Duration.ofMinutes(1);

	private static final Logger log = LoggerFactory.getLogger(IncomingDirectories.class);

	private static final Pattern HIDDEN = Pattern.compile("\\.(incoming|replaced)-([0-9]{13})-[0-9a-f]+-(.+)");

	private final Path root;

	private final ArchiveSettings bounds;

	private final FreeDisk disk;

	private final Clock clock;

	IncomingDirectories(FolderSettings folders, ArchiveSettings bounds, FreeDisk disk, Clock clock) {
		this.root = folders.root();
		this.bounds = bounds;
		this.disk = disk;
		this.clock = clock;
	}

	/** Makes a folder for the files of a job; closing it removes what was not moved. */
	public IncomingDirectory open(JobId id) {
		return new IncomingDirectory(hidden("incoming", id), this.bounds, this.disk);
	}

	/** The place to which a job's directory is moved when it is replaced. */
	public Path replaced(JobId id) {
		return hidden("replaced", id);
	}

	/** A name that is no valid job id and that no other process chooses. */
	private Path hidden(String kind, JobId id) {
		return this.root.resolve(
				".%s-%013d-%08x-%s".formatted(kind, this.clock.millis(), ThreadLocalRandom.current().nextInt(), id));
	}

	/** Repairs what killed processes have left behind. */
	@Scheduled(fixedDelay = 10 * 60 * 1000L)
	void sweep() {
		if (!Files.isDirectory(this.root)) {
			return;
		}
		try (DirectoryStream<Path> left = Files.newDirectoryStream(this.root, ".*")) {
			for (Path path : left) {
				Matcher name = HIDDEN.matcher(path.getFileName().toString());
				if (name.matches()) {
					sweep(path, name.group(1).equals("replaced"), Long.parseLong(name.group(2)), name.group(3));
				}
			}
		}
		catch (IOException | DirectoryIteratorException failure) {
			log.warn("The folders that killed processes left in {} could not be removed: {}.", this.root,
					failure.toString());
		}
	}

	private void sweep(Path path, boolean replaced, long made, String job) throws IOException {
		try {
			sweepOld(path, replaced, made, job);
		}
		catch (NoSuchFileException gone) {
			log.debug("{} is gone: its request has ended.", path, gone);
		}
	}

	private void sweepOld(Path path, boolean replaced, long made, String job) throws IOException {
		Path target = this.root.resolve(job);
		boolean missed = replaced && Files.notExists(target, LinkOption.NOFOLLOW_LINKS);
		if (isYounger(replaced ? made : newestChange(path), missed ? LONGEST_SWAP : LONGEST_PAUSE)) {
			return;
		}
		if (missed) {
			Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
			log.info("Job {}: its directory was moved back, because a killed process was about to replace it.", job);
		}
		else {
			FileSystemUtils.deleteRecursively(path);
		}
	}

	private boolean isYounger(long time, Duration age) {
		return time + age.toMillis() > this.clock.millis();
	}

	/** When bytes last arrived in a folder. */
	private static long newestChange(Path folder) throws IOException {
		long newest = Files.getLastModifiedTime(folder).toMillis();
		try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
			for (Path file : files) {
				newest = Math.max(newest, Files.getLastModifiedTime(file).toMillis());
			}
		}
		return newest;
	}

}
