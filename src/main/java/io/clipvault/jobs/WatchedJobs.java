package io.clipvault.jobs;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

import io.clipvault.problems.Problem;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Remembers which content of a watched directory was dealt with, over restarts too. */
@Component
class WatchedJobs {

	private final JdbcClient database;

	private final JobDirectory directories;

	private final JobsSettings settings;

	private final WatchSettings watching;

	private final Clock clock;

	WatchedJobs(JdbcClient database, JobDirectory directories, JobsSettings settings, WatchSettings watching,
			Clock clock) {
		this.database = database;
		this.directories = directories;
		this.settings = settings;
		this.watching = watching;
		this.clock = clock;
	}

	/** What a directory has now; empty for one that is not watched. */
	Optional<WatchedDirectory> look(String directory) {
		if (!this.watching.watch()) {
			return Optional.empty();
		}
		try {
			Path folder = this.directories.inside(directory);
			return this.settings.root().toRealPath().equals(folder.getParent())
					? Optional.of(WatchedDirectory.look(folder)) : Optional.empty();
		}
		catch (IOException | Problem unseen) {
			// The watch does not get to see it either.
			return Optional.empty();
		}
	}

	/** Whether this content of the directory is the one that was noted last. */
	boolean known(WatchedDirectory seen) {
		return this.database.sql("SELECT content FROM watched_directory WHERE directory = ?")
			.param(seen.name())
			.query(String.class)
			.optional()
			.filter(content(seen)::equals)
			.isPresent();
	}

	/**
	 * Notes that this content is dealt with. Of several transactions that do so at once,
	 * the others wait for the first one's end.
	 * @return false if it was known already
	 */
	boolean note(WatchedDirectory seen) {
		return this.database.sql("""
				INSERT INTO watched_directory (directory, content, taken_at) VALUES (:directory, :content, :now)
				ON CONFLICT (directory) DO UPDATE SET content = :content, taken_at = :now
				WHERE watched_directory.content <> :content""")
			.param("directory", seen.name())
			.param("content", content(seen))
			.param("now", this.clock.millis())
			.update() == 1;
	}

	private String content(WatchedDirectory seen) {
		return seen.digest(this.settings::isArtifact);
	}

}
