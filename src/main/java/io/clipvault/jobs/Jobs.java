package io.clipvault.jobs;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.clipvault.layouts.JobId;
import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import io.clipvault.webhooks.WebhookTarget;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The rows of all jobs: what was accepted, and how far it is. */
@Component
class Jobs {

	private static final String JOB = """
			SELECT job.*, COUNT(file.name) AS files_total, COALESCE(SUM(file.size), 0) AS bytes_total,
				COALESCE(SUM(file.bytes_done), 0) AS bytes_done,
				COALESCE(SUM(CASE WHEN file.status = 'completed' THEN 1 ELSE 0 END), 0) AS files_done
			FROM job LEFT JOIN job_file file ON file.job_id = job.id
			""";

	private final JdbcClient database;

	private final JdbcTemplate batches;

	private final JobNotices notices;

	private final Progress progress;

	private final Clock clock;

	Jobs(JdbcClient database, JdbcTemplate batches, JobNotices notices, Progress progress, Clock clock) {
		this.database = database;
		this.batches = batches;
		this.notices = notices;
		this.progress = progress;
		this.clock = clock;
	}

	Job get(JobId id) {
		return find(id).orElseThrow(() -> new Problem(ProblemType.JOB_NOT_FOUND,
				"No job '%s' is known: post its directory to /jobs/%s/artifacts first.".formatted(id, id)));
	}

	Optional<Job> find(JobId id) {
		return this.database.sql(JOB + "WHERE job.id = ? GROUP BY job.id")
			.param(id.value())
			.query(Jobs::posting)
			.optional()
			.map((posting) -> posting.job().with(files(id), this.notices.outcome(id, posting.revision()).orElse(null)));
	}

	/** Refuses while a job is on its way to the bucket. */
	void requireEnded(JobId id) {
		boolean active = this.database
			.sql("SELECT COUNT(*) FROM job WHERE id = ? AND status IN ('queued', 'uploading')")
			.param(id.value())
			.query(Long.class)
			.single() > 0;
		if (active) {
			throw active(id);
		}
	}

	private static Problem active(JobId id) {
		return new Problem(ProblemType.JOB_ACTIVE,
				"Job '%s' is still on its way: wait until it has ended or cancel it, then try again.".formatted(id));
	}

	/** The newest jobs after a place in the list, without their files. */
	List<Job> page(@Nullable JobStatus status, @Nullable JobCursor after, int limit) {
		// The page is chosen first, from an index, and only its files are counted.
		return this.database.sql(JOB + """
				WHERE job.id IN (
					SELECT id FROM job WHERE %s (created_at, id) < (:at, :id)
					ORDER BY created_at DESC, id DESC LIMIT :limit)
				GROUP BY job.id ORDER BY job.created_at DESC, job.id DESC
				""".formatted((status == null) ? "" : "status = :status AND"))
			.param("status", (status == null) ? "" : status.word())
			.param("id", (after == null) ? "" : after.id().value())
			.param("at", (after == null) ? Long.MAX_VALUE : after.createdAt().toEpochMilli())
			.param("limit", limit)
			.query(Jobs::job)
			.list();
	}

	private List<JobFile> files(JobId id) {
		return this.database.sql("SELECT * FROM job_file WHERE job_id = ? ORDER BY position")
			.param(id.value())
			.query(Jobs::file)
			.list()
			.stream()
			.map((file) -> file.withBytesMoving(this.progress.moving(id, file.name())))
			.toList();
	}

	long queued() {
		return this.database.sql("SELECT COUNT(*) FROM job WHERE status = 'queued'").query(Long.class).single();
	}

	/**
	 * Enters a job as queued, in place of an ended one of the same id.
	 * @return how often a job of this id was entered
	 */
	long enter(JobId id, String directory, String place, List<Artifact> artifacts, @Nullable WebhookTarget webhook) {
		long now = this.clock.millis();
		long revision = this.database
			.sql("""
					INSERT INTO job (id, directory, place, status, revision, claim, attempts, failures, untidy,
						webhook_url, webhook_secret, created_at, updated_at)
					VALUES (:id, :directory, :place, 'queued', 1, 0, 0, 0, 0, :url, :secret, :now, :now)
					ON CONFLICT (id) DO UPDATE SET directory = :directory, place = :place, status = 'queued',
						revision = job.revision + 1, claim = job.claim + 1, attempts = 0, failures = 0, error = NULL,
						webhook_url = :url, webhook_secret = :secret, created_at = :now, updated_at = :now, started_at = NULL, ended_at = NULL
					WHERE job.status IN ('completed', 'failed', 'cancelled')
					RETURNING revision""")
			.param("id", id.value())
			.param("directory", directory)
			.param("place", place)
			.param("url", (webhook == null) ? null : webhook.url())
			.param("secret", (webhook == null) ? null : webhook.secret())
			.param("now", now)
			.query(Long.class)
			.optional()
			.orElseThrow(() -> active(id));
		this.database.sql("DELETE FROM job_file WHERE job_id = ?").param(id.value()).update();
		List<Object[]> files = new ArrayList<>();
		for (Artifact artifact : artifacts) {
			files.add(new Object[] { id.value(), artifact.fileName(), files.size(), artifact.key(), artifact.size() });
		}
		this.batches.batchUpdate("""
				INSERT INTO job_file (job_id, name, position, key, size, status, bytes_done)
				VALUES (?, ?, ?, ?, ?, 'queued', 0)""", files);
		return revision;
	}

	private static Posting posting(ResultSet row, int number) throws SQLException {
		return new Posting(job(row, number), row.getLong("revision"));
	}

	private static Job job(ResultSet row, int number) throws SQLException {
		return new Job(new JobId(row.getString("id")), row.getString("directory"),
				JobStatus.of(row.getString("status")), row.getLong("files_done"), row.getLong("files_total"),
				row.getLong("bytes_done"), row.getLong("bytes_total"), row.getInt("attempts"), row.getString("error"),
				Instant.ofEpochMilli(row.getLong("created_at")), instant(row, "started_at"), instant(row, "ended_at"),
				null, null);
	}

	private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
		long millis = row.getLong(column);
		return row.wasNull() ? null : Instant.ofEpochMilli(millis);
	}

	private static JobFile file(ResultSet row, int number) throws SQLException {
		return new JobFile(row.getString("name"), row.getString("key"), row.getLong("size"),
				JobStatus.of(row.getString("status")), row.getLong("bytes_done"), row.getString("error"));
	}

	/** A job, and how often one of its id was entered. */
	private record Posting(Job job, long revision) {
	}

}
