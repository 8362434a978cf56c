package io.clipvault.jobs.watched;

import java.time.Clock;
import java.util.Optional;
import java.util.Set;

import io.clipvault.jobs.folders.DirectorySnapshot;
import io.clipvault.jobs.folders.JobDirectory;
import io.clipvault.layouts.ArtifactSettings;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Remembers, over restarts too, which content of a watched directory was already
 * accepted.
 */
@Component
public class WatchNotes {

	private final JdbcClient database;

	private final JobDirectory directories;

	private final ArtifactSettings artifacts;

	private final WatchSettings watching;

	private final Clock clock;

	WatchNotes(JdbcClient database, JobDirectory directories, ArtifactSettings artifacts, WatchSettings watching,
			Clock clock) {
		this.database = database;
		this.directories = directories;
		this.artifacts = artifacts;
		this.watching = watching;
		this.clock = clock;
	}

	/** The present content of a directory; empty for one that is not watched. */
	public Optional<DirectorySnapshot> look(String directory) {
		return this.watching.watch() ? this.directories.snapshot(directory) : Optional.empty();
	}

	/** Whether this content of the directory was noted last. */
	public boolean isKnown(DirectorySnapshot seen) {
		return this.database.sql("SELECT content FROM watched_directory WHERE directory = ?")
			.param(seen.name())
			.query(String.class)
			.optional()
			.filter(content(seen)::equals)
			.isPresent();
	}

	/**
	 * Notes that this content is accepted. Concurrent transactions wait for the first
	 * one's end.
	 * @return false if it was known already
	 */
	public boolean note(DirectorySnapshot seen) {
		return this.database.sql("""
				INSERT INTO watched_directory (directory, content, taken_at) VALUES (:directory, :content, :now)
				ON CONFLICT (directory) DO UPDATE SET content = :content, taken_at = :now
				WHERE watched_directory.content <> :content""")
			.param("directory", seen.name())
			.param("content", content(seen))
			.param("now", this.clock.millis())
			.update() == 1;
	}

	/** Notes a directory's content if it has no artifacts but these. */
	public void noteRestored(String directory, Set<String> restored) {
		look(directory).filter((now) -> restored.containsAll(now.names(this.artifacts::isArtifact)))
			.ifPresent(this::note);
	}

	private String content(DirectorySnapshot seen) {
		return seen.digest(this.artifacts::isArtifact);
	}

}
