package io.clipvault.jobs.artifacts;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
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
import io.clipvault.jobs.folders.ReceivedMark;
import io.clipvault.jobs.folders.RootedFile;
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
		Map<StoredFiles.File, Copy> copies = new LinkedHashMap<>();
		for (StoredFiles.File file : job.files()) {
			RootedFile local = this.directories.named(folder, file.name());
			compare(file, local).ifPresent((state) -> copies.put(file, new Copy(local, state)));
			hold.renew();
		}
		// Hashing took its time: another job may name the directory by now.
		requireUnused(job.id(), named, folder);
		// Noted first: a crash in between leaves a directory that is posted again at
		// worst.
		noteWithout(copies.keySet().stream().map(StoredFiles.File::name).collect(Collectors.toSet()), seen);
		Set<String> removed = new LinkedHashSet<>();
		try {
			remove(copies, hold, removed);
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

	private void remove(Map<StoredFiles.File, Copy> copies, Holds.Hold hold, Set<String> removed) throws IOException {
		for (Map.Entry<StoredFiles.File, Copy> entry : copies.entrySet()) {
			hold.renew();
			Copy copy = entry.getValue();
			// Asked again: hashing the later files may have taken hours.
			if (this.artifacts.isStored(entry.getKey()) && isUnchanged(copy.file(), copy.state())) {
				copy.file().deleteIfExists();
				removed.add(entry.getKey().name());
			}
		}
	}

	private static void removeIfEmpty(Path folder) throws IOException {
		try {
			ReceivedMark.removeIfAlone(folder);
			Files.deleteIfExists(folder);
		}
		catch (DirectoryNotEmptyException | NoSuchFileException used) {
			// Other files are there, which exist nowhere else, or somebody removed it.
		}
	}

	/** The file's state, if it has the content that the bucket has too. */
	private Optional<FileState> compare(StoredFiles.File stored, RootedFile file) throws IOException {
		try {
			FileState state = file.state();
			return (this.artifacts.isCopy(file, stored) && isUnchanged(file, state)) ? Optional.of(state)
					: Optional.empty();
		}
		catch (FileState.Unusable unusable) {
			if (unusable.mayPass()) {
				throw new IOException(unusable);
			}
			return Optional.empty();
		}
	}

	private static boolean isUnchanged(RootedFile file, FileState state) {
		try {
			state.requireUnchanged(file);
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

	/** A file in the directory that has the content that the bucket has too. */
	private record Copy(RootedFile file, FileState state) {
	}

}
