package io.clipvault.jobs.intake;

import java.io.IOException;
import java.nio.file.Path;

import io.clipvault.jobs.folders.FolderSettings;
import io.clipvault.jobs.ledger.Holds;
import io.clipvault.jobs.ledger.Jobs;
import io.clipvault.layouts.JobId;
import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import org.springframework.stereotype.Component;

/** Keeps received files from replacing a directory that a job is reading. */
@Component
class DirectoryGuard {

	private final Jobs jobs;

	private final Holds holds;

	private final Path root;

	DirectoryGuard(Jobs jobs, Holds holds, FolderSettings settings) {
		this.jobs = jobs;
		this.holds = holds;
		this.root = settings.root();
	}

	/** Refuses while the job itself is active or held, or any job reads its directory. */
	void requireFree(JobId id) {
		this.holds.requireFree(id);
		requireUnread(id);
	}

	/**
	 * Refuses while another job reads the directory of this name, or a directory inside
	 * it.
	 */
	void requireUnread(JobId name) {
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
