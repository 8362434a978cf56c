package io.clipvault.jobs;

import java.io.IOException;
import java.nio.file.Path;

import io.clipvault.layouts.JobId;
import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The directories of this jobs root that jobs on their way to the bucket read. */
@Component
class ActiveDirectories {

	private final JdbcClient database;

	private final Place place;

	private final Path root;

	ActiveDirectories(JdbcClient database, Place place, JobsSettings settings) {
		this.database = database;
		this.place = place;
		this.root = settings.root();
	}

	/**
	 * Refuses while a job reads the directory of this name, or one in it, whatever it
	 * calls it.
	 */
	void requireUnread(JobId name) {
		Path directory = real(name.value());
		this.database.sql("SELECT id, directory FROM job WHERE status IN ('queued', 'uploading') AND place = ?")
			.param(this.place.id())
			.query((row, number) -> new Reader(row.getString("id"), row.getString("directory")))
			.list()
			.stream()
			.filter((reader) -> real(reader.directory()).startsWith(directory))
			.findFirst()
			.ifPresent((reader) -> {
				throw new Problem(ProblemType.JOB_ACTIVE,
						"Job '%s' still reads the directory '%s': wait until it has ended or cancel it, then send the files again."
							.formatted(reader.job(), name));
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

	/** A job and the directory that it was posted with. */
	private record Reader(String job, String directory) {
	}

}
