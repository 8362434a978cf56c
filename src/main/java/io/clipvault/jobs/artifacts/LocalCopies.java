package io.clipvault.jobs.artifacts;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

import io.clipvault.jobs.folders.DirectorySnapshot;
import io.clipvault.jobs.folders.DiskFailure;
import io.clipvault.jobs.folders.FileState;
import io.clipvault.jobs.folders.JobDirectory;
import io.clipvault.jobs.ledger.Holds;
import io.clipvault.jobs.ledger.StoredFiles;
import io.clipvault.jobs.watched.WatchNotes;
import io.clipvault.layouts.JobId;
import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import org.springframework.stereotype.Component;

/**
 * Removes the files of a completed job from its directory that the bucket has. What
 * exists nowhere else stays.
 */
@Component
public class LocalCopies {

	private final ArtifactFiles artifacts;

	private final JobDirectory directories;

	private final Holds holds;

	private final StoredFiles files;

	private final WatchNotes watched;

	LocalCopies(ArtifactFiles artifacts, JobDirectory directories, Holds holds, StoredFiles files, WatchNotes watched) {
		this.artifacts = artifacts;
		this.directories = directories;
		this.holds = holds;
		this.files = files;
		this.watched = watched;
	}

	/**
	 * Compares the files of the job's directory with the bucket and removes those that
	 * are the same, then the directory if it is empty. Holds the job meanwhile.
	 * @param stillDue is asked once nobody can post or restore the job any more
	 * @return the names of the removed files; none if the job is not completed, or is of
	 * another jobs root
	 * @throws Problem {@link ProblemType#JOB_ACTIVE} while the job is active or held,
	 * another job names the directory, or the watch has not yet taken what is there
	 */
	public List<String> remove(JobId job, BooleanSupplier stillDue) {
		try (Holds.Hold hold = this.holds.hold(job)) {
			Optional<StoredFiles.Stored> stored = this.files.of(job);
			String named = stored.map(StoredFiles.Stored::directory).orElse(null);
			if (stored.isEmpty() || named == null || !stillDue.getAsBoolean()) {
				return List.of();
			}
			if (!this.directories.isRootPresent()) {
				throw new Problem(ProblemType.JOBS_ROOT_UNUSABLE,
						"The jobs root is away: mount it again, and the copies are removed then.");
			}
			Optional<Path> folder = this.directories.find(named);
			return folder.isPresent() ? remove(stored.get(), named, folder.get(), hold) : List.of();
		}
		catch (IOException failure) {
			throw DiskFailure.of(failure);
		}
	}

	private List<String> remove(StoredFiles.Stored job, String named, Path folder, Holds.Hold hold) throws IOException {
		this.directories.owner(folder).ifPresent(hold::holdDirectory);
		requireUnused(job.id(), named, folder);
		Optional<DirectorySnapshot> seen = this.watched.look(named);
		if (seen.isPresent() && !this.watched.isKnown(seen.get())) {
			throw active(
					"The watch has not taken the present content of '%s' yet: wait until it has.".formatted(named));
		}
		Map<StoredFiles.File, FileState> copies = new LinkedHashMap<>();
		for (StoredFiles.File file : job.files()) {
			compare(file, folder.resolve(file.name())).ifPresent((state) -> copies.put(file, state));
			hold.renew();
		}
		// Hashing took its time: another job may name the directory by now.
		requireUnused(job.id(), named, folder);
		// Noted first: a crash in between leaves a directory that is posted again at
		// worst.
		noteWithout(copies.keySet().stream().map(StoredFiles.File::name).collect(Collectors.toSet()), seen);
		Set<String> removed = new LinkedHashSet<>();
		try {
			remove(copies, folder, hold, removed);
		}
		finally {
			// A file that stayed was accepted before, and is not new content.
			noteWithout(removed, seen);
		}
		removeIfEmpty(folder);
		return List.copyOf(removed);
	}

	private void noteWithout(Set<String> names, Optional<DirectorySnapshot> seen) {
		seen.map((before) -> before.without(names)).ifPresent(this.watched::note);
	}

	private void remove(Map<StoredFiles.File, FileState> copies, Path folder, Holds.Hold hold, Set<String> removed)
			throws IOException {
		for (Map.Entry<StoredFiles.File, FileState> copy : copies.entrySet()) {
			hold.renew();
			Path path = folder.resolve(copy.getKey().name());
			// Asked again: hashing the later files may have taken hours.
			if (this.artifacts.isStored(copy.getKey()) && isUnchanged(path, copy.getValue())) {
				Files.deleteIfExists(path);
				removed.add(copy.getKey().name());
			}
		}
	}

	private static void removeIfEmpty(Path folder) throws IOException {
		try {
			Files.deleteIfExists(folder);
		}
		catch (DirectoryNotEmptyException used) {
			// Other files are there, which exist nowhere else.
		}
	}

	/** The file's state, if it has the content that the bucket has too. */
	private Optional<FileState> compare(StoredFiles.File file, Path path) throws IOException {
		try {
			// Fails if the disk does, unlike Files.isRegularFile.
			if (!Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).isRegularFile()) {
				return Optional.empty();
			}
			FileState state = FileState.of(path);
			return (this.artifacts.isCopy(path, file) && isUnchanged(path, state)) ? Optional.of(state)
					: Optional.empty();
		}
		catch (FileState.Unusable | NoSuchFileException changing) {
			return Optional.empty();
		}
	}

	private static boolean isUnchanged(Path path, FileState state) {
		try {
			state.requireUnchanged(path);
			return true;
		}
		catch (FileState.Unusable changed) {
			return false;
		}
	}

	private void requireUnused(JobId job, String named, Path folder) throws IOException {
		if (this.files.isNamedByOthers(job, this.directories.spellings(named, folder))) {
			throw active("Another job names the directory '%s' too: its files stay.".formatted(named));
		}
	}

	private static Problem active(String detail) {
		return new Problem(ProblemType.JOB_ACTIVE, detail);
	}

}
