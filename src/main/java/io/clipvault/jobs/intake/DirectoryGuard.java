package io.clipvault.jobs.intake;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;

import io.clipvault.jobs.folders.FolderSettings;
import io.clipvault.jobs.folders.DirectoryListing;
import io.clipvault.jobs.folders.RootId;
import io.clipvault.jobs.ledger.Holds;
import io.clipvault.jobs.ledger.Jobs;
import io.clipvault.layouts.JobId;
import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import org.springframework.stereotype.Component;

/**
 * Keeps received files from replacing a directory that a job is reading, and out of a
 * mount point whose jobs root is away.
 */
@Component
class DirectoryGuard {

	private final Jobs jobs;

	private final Holds holds;

	private final RootId rootId;

	private final Path root;

	DirectoryGuard(Jobs jobs, Holds holds, RootId rootId, FolderSettings settings) {
		this.jobs = jobs;
		this.holds = holds;
		this.rootId = rootId;
		this.root = settings.root();
	}

	/**
	 * Refuses while the jobs root is away, the job itself is active or held, or any job
	 * reads its directory.
	 */
	void requireFree(JobId id) {
		this.rootId.requirePresent();
		this.holds.requireFree(id);
		requireUnread(id);
	}

	/** Holds a job whose directory is about to be replaced. */
	Holds.Hold hold(JobId id) {
		Holds.Hold hold = this.holds.hold(id);
		try {
			requireUnread(id);
			return hold;
		}
		catch (RuntimeException read) {
			hold.close();
			throw read;
		}
	}

	/**
	 * Refuses while the job is held or its directory is being replaced, and if it was
	 * replaced since it was listed. Nobody replaces it before the caller's transaction
	 * has ended; after that the job counts as its reader.
	 */
	void pass(JobId id, DirectoryListing listing) {
		// Sorted, so that two postings never wait for each other.
		Stream.of(id.value(), folder(listing))
			.filter(JobId::isValid)
			.distinct()
			.sorted()
			.forEach((held) -> this.holds.pass(new JobId(held)));
		if (listing.isReplaced()) {
			throw new Problem(ProblemType.JOB_ACTIVE,
					"The directory '%s' was replaced while it was listed: post the job again."
						.formatted(listing.directory()));
		}
	}

	/** The directory directly under the root that has the listed one. */
	private String folder(DirectoryListing listing) {
		return real("").relativize(listing.real()).getName(0).toString();
	}

	/**
	 * Refuses while another job reads the directory of this name, or a directory inside
	 * it.
	 */
	private void requireUnread(JobId name) {
		Path directory = real(name.value());
		this.jobs.active()
			.stream()
			.filter((reader) -> !reader.id().equals(name))
			.filter((reader) -> real(reader.directory()).startsWith(directory))
			.findFirst()
			.ifPresent((reader) -> {
				throw new Problem(ProblemType.JOB_ACTIVE,
						"Job '%s' still reads the directory '%s': wait until it has ended or cancel it, then send the files again."
							.formatted(reader.id(), name));
			});
	}

	private Path real(String directory) {
		Path named = this.root.resolve(directory);
		try {
			return named.toRealPath();
		}
		catch (IOException missing) {
			return named.toAbsolutePath().normalize();
		}
	}

}
