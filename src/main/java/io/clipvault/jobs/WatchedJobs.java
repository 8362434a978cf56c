package io.clipvault.jobs;

import java.time.Clock;
import java.time.Instant;

import io.clipvault.storage.JobId;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Remembers which content of a watched directory was taken in, over restarts too. */
@Component
class WatchedJobs {

	private final JdbcClient database;

	private final JobQueue queue;

	private final Jobs jobs;

	private final Clock clock;

	WatchedJobs(JdbcClient database, JobQueue queue, Jobs jobs, Clock clock) {
		this.database = database;
		this.queue = queue;
		this.jobs = jobs;
		this.clock = clock;
	}

	/**
	 * Takes a directory in, unless this content of it was before, or a call has brought
	 * it since it looks like this.
	 * @return whether it was taken in
	 */
	@Transactional
	public boolean take(JobId job, String content, Instant since) {
		int fresh = this.database.sql("""
				INSERT INTO watched_directory (directory, content, taken_at) VALUES (:directory, :content, :now)
				ON CONFLICT (directory) DO UPDATE SET content = :content, taken_at = :now
				WHERE watched_directory.content <> :content""")
			.param("directory", job.value())
			.param("content", content)
			.param("now", this.clock.millis())
			.update();
		boolean brought = this.jobs.find(job).map((known) -> !known.createdAt().isBefore(since)).orElse(false);
		if (fresh == 0 || brought) {
			return false;
		}
		this.queue.accept(job, job.value());
		return true;
	}

}
