package io.clipvault.jobs.artifacts;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import io.clipvault.bounds.Places;
import io.clipvault.jobs.folders.DiskFailure;
import io.clipvault.jobs.folders.JobDirectory;
import io.clipvault.jobs.folders.RootedFile;
import io.clipvault.jobs.ledger.Holds;
import io.clipvault.jobs.ledger.Job;
import io.clipvault.jobs.ledger.Jobs;
import io.clipvault.jobs.watched.WatchNotes;
import io.clipvault.layouts.JobId;
import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Brings a job's artifacts back from the bucket. */
@Component
class Restore {

	/** No artifact has this ending, so half a file is never uploaded. */
	private static final String HALF = ".part";

	private static final Logger log = LoggerFactory.getLogger(Restore.class);

	static final int MOST = 16;

	private final Places places = new Places(MOST, ProblemType.DOWNLOADS_BUSY,
			"%d jobs are being restored already: restore this one again after the time in Retry-After."
				.formatted(MOST));

	private static final String HALVES = "restore-????????-????-????-????-????????????" + HALF;

	private final ArtifactFiles files;

	private final JobDirectory directories;

	private final Jobs jobs;

	private final Holds holds;

	private final WatchNotes watched;

	Restore(ArtifactFiles files, JobDirectory directories, Jobs jobs, Holds holds, WatchNotes watched) {
		this.files = files;
		this.directories = directories;
		this.jobs = jobs;
		this.holds = holds;
		this.watched = watched;
	}

	/**
	 * Writes the job's objects into a directory, metadata last. A file with the same
	 * content is left as it is.
	 */
	Restored restore(JobId job, @Nullable String directory) {
		try (Places.Place _ = this.places.take(); Holds.Hold hold = this.holds.hold(job)) {
			return restore(job, directory, hold);
		}
		catch (IOException failure) {
			throw DiskFailure.of(failure);
		}
	}

	private Restored restore(JobId job, @Nullable String directory, Holds.Hold hold) throws IOException {
		Map<Boolean, List<StoredArtifact>> found = this.files.of(job)
			.stream()
			.collect(Collectors.partitioningBy(StoredArtifact::fitsDirectory));
		List<StoredArtifact> artifacts = found.getOrDefault(true, List.of());
		List<String> skipped = found.getOrDefault(false, List.of()).stream().map(StoredArtifact::name).toList();
		if (!skipped.isEmpty()) {
			log.warn("Job {}: {} are not restored, because no file in a directory can have such a name.", job, skipped);
		}
		String named = (directory != null) ? directory : this.jobs.find(job).map(Job::directory).orElseGet(job::value);
		Path folder = this.directories.forWriting(named);
		Optional<JobId> owner = this.directories.owner(folder);
		owner.ifPresent(hold::holdDirectory);
		requireUnread(job, named, folder);
		if (owner.isPresent()) {
			removeHalves(folder);
		}
		// Before the first file: what is restored is to stay.
		if (directory == null || isOwn(job, folder)) {
			this.jobs.leaveReceived(job);
		}
		hold.noteRestored();
		List<String> written = new ArrayList<>();
		List<String> unchanged = new ArrayList<>();
		for (StoredArtifact artifact : artifacts) {
			(write(artifact, folder, hold) ? written : unchanged).add(artifact.name());
		}
		Set<String> restored = artifacts.stream().map(StoredArtifact::name).collect(Collectors.toSet());
		this.watched.noteRestored(named, restored);
		hold.noteRestored();
		return new Restored(job, named, written, unchanged, skipped);
	}

	private boolean isOwn(JobId job, Path folder) {
		return this.jobs.find(job).filter((row) -> this.directories.isSame(row.directory(), folder)).isPresent();
	}

	/**
	 * Removes what killed restores left: no other restores to a directory that is held.
	 */
	private static void removeHalves(Path folder) {
		try (DirectoryStream<Path> halves = Files.newDirectoryStream(folder, HALVES)) {
			for (Path half : halves) {
				Files.deleteIfExists(half);
			}
		}
		catch (IOException failure) {
			throw DiskFailure.of(failure);
		}
	}

	/** What another job has not sent yet may exist nowhere else. */
	private void requireUnread(JobId job, String named, Path folder) {
		this.jobs.active()
			.stream()
			.filter((reader) -> !reader.id().equals(job) && this.directories.isSame(reader.directory(), folder))
			.findFirst()
			.ifPresent((reader) -> {
				throw new Problem(ProblemType.JOB_ACTIVE,
						"Job '%s' still reads the directory '%s': wait until it has ended or cancel it, or restore to another directory."
							.formatted(reader.id(), named));
			});
	}

	/**
	 * Writes one file.
	 * @return false if the file has the same content already
	 */
	private boolean write(StoredArtifact artifact, Path folder, Holds.Hold hold) {
		try {
			RootedFile target = this.directories.fileIn(folder, artifact.name());
			if (this.files.isSame(artifact, target)) {
				return false;
			}
			RootedFile half = target.beside("restore-" + UUID.randomUUID() + HALF);
			try {
				hold.renew();
				this.files.fetch(artifact, half, hold::renew);
				hold.renew();
				half.rename(artifact.name());
				return true;
			}
			finally {
				half.deleteIfExists();
			}
		}
		catch (IOException failure) {
			throw DiskFailure.of(failure);
		}
	}

}
