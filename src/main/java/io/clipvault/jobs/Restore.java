package io.clipvault.jobs;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import io.clipvault.layouts.JobId;
import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import io.clipvault.storage.ObjectBytes;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Brings a job's artifacts back from the bucket. */
@Component
class Restore {

	/** No artifact ends like this, so that half a file is never taken for one. */
	private static final String HALF = ".part";

	private final ArtifactStore store;

	private final JobDirectory directories;

	private final Jobs jobs;

	private final JobObjects objects;

	private final Holds holds;

	private final WatchedJobs watched;

	private final JobsSettings settings;

	Restore(ArtifactStore store, JobObjects objects, JobDirectory directories, Jobs jobs, Holds holds,
			WatchedJobs watched, JobsSettings settings) {
		this.store = store;
		this.objects = objects;
		this.directories = directories;
		this.jobs = jobs;
		this.holds = holds;
		this.watched = watched;
		this.settings = settings;
	}

	/**
	 * Writes what the bucket holds into a directory, metadata last. A file that holds the
	 * same already is left as it is.
	 */
	Restored restore(JobId job, @Nullable String directory) {
		try (Holds.Hold hold = this.holds.hold(job)) {
			return restore(job, directory, hold);
		}
	}

	private Restored restore(JobId job, @Nullable String directory, Holds.Hold hold) {
		List<StoredArtifact> artifacts = this.store.all(job);
		String named = (directory != null) ? directory : this.jobs.find(job).map(Job::directory).orElseGet(job::value);
		Path folder = this.directories.forWriting(named);
		List<String> written = new ArrayList<>();
		List<String> unchanged = new ArrayList<>();
		for (StoredArtifact artifact : artifacts) {
			(written(artifact, folder, hold) ? written : unchanged).add(artifact.name());
		}
		Set<String> restored = artifacts.stream().map(StoredArtifact::name).collect(Collectors.toSet());
		this.watched.look(named)
			.filter((now) -> restored.containsAll(now.names(this.settings::isArtifact)))
			.ifPresent(this.watched::note);
		return new Restored(job, named, written, unchanged);
	}

	private boolean written(StoredArtifact artifact, Path folder, Holds.Hold hold) {
		Path target = this.directories.fileIn(folder, artifact.name());
		try {
			if (isThere(artifact, target)) {
				return false;
			}
			Path half = folder.resolve("restore-" + UUID.randomUUID() + HALF);
			try {
				hold.extend();
				fetch(artifact, half);
				hold.extend();
				Files.move(half, target, StandardCopyOption.ATOMIC_MOVE);
				return true;
			}
			finally {
				Files.deleteIfExists(half);
			}
		}
		catch (IOException failure) {
			throw DiskFailure.of(failure);
		}
	}

	/**
	 * Asked before the object is opened: no store holds a line while a file is hashed.
	 */
	private boolean isThere(StoredArtifact artifact, Path target) throws IOException {
		if (!Files.isRegularFile(target) || Files.size(target) != artifact.size()) {
			return false;
		}
		Optional<String> digest = this.objects.digest(artifact.key());
		return digest.isPresent() && holds(target, digest.get(), artifact.size());
	}

	private void fetch(StoredArtifact artifact, Path half) throws IOException {
		@Nullable String digest;
		try (ObjectBytes object = this.store.open(artifact);
				OutputStream file = Files.newOutputStream(half, StandardOpenOption.CREATE_NEW)) {
			digest = object.response().metadata().get(ObjectHeaders.DIGEST);
			object.writeTo(file);
		}
		if (Files.size(half) != artifact.size() || (digest != null && !holds(half, digest, artifact.size()))) {
			throw new Problem(ProblemType.STORE_UNREACHABLE,
					"What arrived of '%s' is not what was stored: restore the job again.".formatted(artifact.name()));
		}
	}

	private static boolean holds(Path file, String digest, long size) throws IOException {
		try {
			return Files.size(file) == size && ContentDigest.of(file, ContentDigest.partSizeOf(digest)).hasText(digest);
		}
		catch (FileState.Unusable changing) {
			return false;
		}
	}

}
