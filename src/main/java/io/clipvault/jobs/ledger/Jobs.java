package io.clipvault.jobs.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

import io.clipvault.jobs.JobStatus;
import io.clipvault.jobs.Posting;
import io.clipvault.jobs.folders.Artifact;
import io.clipvault.jobs.folders.RootId;
import io.clipvault.layouts.JobId;
import io.clipvault.paging.Cursor;
import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import io.clipvault.security.Caller;
import io.clipvault.webhooks.Deliveries;
import io.clipvault.webhooks.WebhookTarget;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The rows of all jobs: what was posted, and how far it is. */
@Component
public class Jobs {

	private static final String JOB = """
			SELECT job.id, job.directory, job.revision, job.status, job.attempts, job.error, job.created_at, job.updated_at,
				job.started_at, job.ended_at, job.next_attempt_at, job.verified_at, job.created_by,
				COALESCE(files, (SELECT COUNT(*) FROM job_file WHERE job_id = job.id), 0) AS files_total,
				COALESCE(files_sent, (SELECT COUNT(*) FROM job_file WHERE job_id = job.id AND status = 'completed'), 0) AS files_done,
				COALESCE(bytes, (SELECT SUM(size) FROM job_file WHERE job_id = job.id), 0) AS bytes_total,
				COALESCE(bytes_sent, (SELECT SUM(bytes_done) FROM job_file WHERE job_id = job.id), 0) AS bytes_done
			FROM job
			""";

	private final JdbcClient database;

	private final JobFiles files;

	private final Deliveries deliveries;

	private final RootId root;

	private final Clock clock;

	Jobs(JdbcClient database, JobFiles files, Deliveries deliveries, RootId root, Clock clock) {
		this.database = database;
		this.files = files;
		this.deliveries = deliveries;
		this.root = root;
		this.clock = clock;
	}

	public Job get(JobId id) {
		return find(id).orElseThrow(() -> new Problem(ProblemType.JOB_NOT_FOUND,
				"No job '%s' is known: post its directory to /jobs/%s/artifacts first.".formatted(id, id)));
	}

	public Optional<Job> find(JobId id) {
		return this.database.sql(JOB + "WHERE id = ?").param(id.value()).query(Jobs::job).optional();
	}

	/** Refuses while a job is queued or uploading. */
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
				"Job '%s' is queued or uploading: wait until it has ended or cancel it, then try again.".formatted(id));
	}

	/** A page of jobs, newest first. */
	List<Job> page(@Nullable JobStatus status, @Nullable Position after, int limit) {
		return this.database.sql(JOB + """
				WHERE %s (created_at, id) < (:at, :id) ORDER BY created_at DESC, id DESC LIMIT :limit
				""".formatted((status == null) ? "" : "status = :status AND"))
			.param("status", (status == null) ? "" : status.word())
			.param("id", (after == null) ? "" : after.id().value())
			.param("at", (after == null) ? Long.MAX_VALUE : after.createdAt())
			.param("limit", limit)
			.query(Jobs::job)
			.list();
	}

	/** The jobs that changed between two times; the latest, if there are more. */
	List<JobId> changed(Instant from, Instant until, int most) {
		return this.database.sql("SELECT id FROM job WHERE updated_at BETWEEN ? AND ? ORDER BY updated_at DESC LIMIT ?")
			.params(from.toEpochMilli(), until.toEpochMilli(), most)
			.query((row, number) -> new JobId(row.getString("id")))
			.list();
	}

	/** The newest jobs that are queued, uploading or tried again. */
	List<JobId> open(int most) {
		return this.database.sql("""
				SELECT id, created_at FROM job WHERE status IN ('queued', 'uploading')
				UNION ALL
				SELECT id, created_at FROM job WHERE next_attempt_at IS NOT NULL
				ORDER BY created_at DESC LIMIT ?""")
			.param(most)
			.query((row, number) -> new JobId(row.getString("id")))
			.list();
	}

	/** Those of these jobs that are known, the latest change last. */
	List<Job> all(Collection<JobId> ids) {
		if (ids.isEmpty()) {
			return List.of();
		}
		return this.database.sql(JOB + "WHERE id IN (:ids) ORDER BY updated_at, id")
			.param("ids", ids.stream().map(JobId::value).toList())
			.query(Jobs::job)
			.list();
	}

	public long queued() {
		return this.database.sql("SELECT COUNT(*) FROM job WHERE status = 'queued'").query(Long.class).single();
	}

	/**
	 * The jobs under this jobs root that need their directories: those that are queued,
	 * uploading or tried again.
	 */
	public List<Active> active() {
		return this.database.sql("""
				SELECT id, directory FROM job WHERE place = :place AND status IN ('queued', 'uploading')
				UNION ALL
				SELECT id, directory FROM job WHERE place = :place AND next_attempt_at IS NOT NULL""")
			.param("place", this.root.id())
			.query((row, number) -> new Active(new JobId(row.getString("id")), row.getString("directory")))
			.list();
	}

	/**
	 * Enters a posting as queued, in place of an ended one of the same job. The caller
	 * provides the transaction. The numbers of a new job begin with the time: the
	 * schedule, a late run or a webhook may still know those of a job of this id that the
	 * history has forgotten.
	 */
	public Posting enter(JobId id, String directory, List<Artifact> artifacts, @Nullable WebhookTarget webhook) {
		this.deliveries.requireRoom(webhook);
		long revision = this.database
			.sql("""
					INSERT INTO job (id, directory, place, status, revision, claim, attempts, failures, untidy,
						files, files_sent, bytes, bytes_sent, webhook_url, webhook_secret, created_by, created_at, updated_at)
					VALUES (:id, :directory, :place, 'queued', :now, :now, 0, 0, 0,
						:files, 0, :bytes, 0, :url, :secret, :caller, :now, :now)
					ON CONFLICT (id) DO UPDATE SET directory = :directory, place = :place, status = 'queued',
						revision = job.revision + 1, claim = job.claim + 1, attempts = 0, failures = 0, error = NULL,
						next_attempt_at = NULL, failed_since = NULL, retries = 0,
						files = :files, files_sent = 0, bytes = :bytes, bytes_sent = 0,
						webhook_url = :url, webhook_secret = :secret, created_by = :caller, created_at = :now, updated_at = :now, started_at = NULL, ended_at = NULL,
						verified_at = NULL, restored_at = NULL, pruned_at = NULL
					WHERE job.status IN ('completed', 'failed', 'cancelled')
					RETURNING revision""")
			.param("id", id.value())
			.param("directory", directory)
			.param("place", this.root.id())
			.param("files", artifacts.size())
			.param("bytes", artifacts.stream().mapToLong(Artifact::size).sum())
			.param("url", (webhook == null) ? null : webhook.url())
			.param("secret", (webhook == null) ? null : webhook.secret())
			.param("caller", Caller.current().name())
			.param("now", this.clock.millis())
			.query(Long.class)
			.optional()
			.orElseThrow(() -> active(id));
		this.files.replace(id, artifacts);
		return new Posting(id, revision);
	}

	/** Notes that this service made the directory of the current posting. */
	public void markReceived(JobId id) {
		this.database.sql("UPDATE job SET received = revision WHERE id = ?").param(id.value()).update();
	}

	/**
	 * Notes the same of a posting that followed one whose directory this service made.
	 */
	public void keepReceived(JobId id, long before) {
		this.database
			.sql("UPDATE job SET received = revision WHERE id = ? AND received = ? AND revision = received + 1")
			.params(id.value(), before)
			.update();
	}

	/** Leaves the directory to the job's owner, as if this service had not made it. */
	public void leaveReceived(JobId id) {
		this.database.sql("UPDATE job SET received = NULL WHERE id = ?").param(id.value()).update();
	}

	/** The webhook that a posting named. */
	public Optional<WebhookTarget> webhook(JobId id) {
		return this.database
			.sql("SELECT webhook_url, webhook_secret FROM job WHERE id = ? AND webhook_secret IS NOT NULL")
			.param(id.value())
			.query((row, number) -> new WebhookTarget(row.getString("webhook_url"), row.getString("webhook_secret")))
			.optional();
	}

	/** Deletes the secret of a webhook that has nothing more to be told. */
	public void forgetWebhookSecret(JobId id) {
		this.database.sql("UPDATE job SET webhook_secret = NULL WHERE id = ?").param(id.value()).update();
	}

	/** The failed jobs under this jobs root whose next attempt was due at this time. */
	public List<Posting> overdue(Instant due) {
		return this.database.sql("SELECT id, revision FROM job WHERE next_attempt_at < ? AND place = ?")
			.params(due.toEpochMilli(), this.root.id())
			.query((row, number) -> new Posting(new JobId(row.getString("id")), row.getLong("revision")))
			.list();
	}

	/**
	 * Ends the retries of jobs that are no longer failed. A replica of an older version
	 * leaves them when it accepts, cancels or ends such a job.
	 */
	public void endStaleRetries() {
		this.database
			.sql("UPDATE job SET next_attempt_at = NULL WHERE next_attempt_at IS NOT NULL AND status <> 'failed'")
			.update();
	}

	private static Job job(ResultSet row, int number) throws SQLException {
		return new Job(new JobId(row.getString("id")), row.getString("directory"), row.getLong("revision"),
				JobStatus.of(row.getString("status")),
				new Job.Counts(row.getLong("files_done"), row.getLong("files_total"), row.getLong("bytes_done"),
						row.getLong("bytes_total")),
				row.getInt("attempts"), row.getString("error"), Instant.ofEpochMilli(row.getLong("created_at")),
				instant(row, "started_at"), instant(row, "ended_at"), instant(row, "next_attempt_at"),
				instant(row, "verified_at"), row.getString("created_by"));
	}

	static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
		long millis = row.getLong(column);
		return row.wasNull() ? null : Instant.ofEpochMilli(millis);
	}

	/** A job that reads its directory. */
	public record Active(JobId id, String directory) {
	}

	/** The last job of a page. */
	record Position(long createdAt, JobId id) {

		static Position parse(String cursor) {
			List<String> texts = Cursor.read(cursor, 2);
			try {
				return new Position(Long.parseLong(texts.getFirst()), new JobId(texts.getLast()));
			}
			catch (NumberFormatException | Problem foreign) {
				throw Cursor.refused(foreign);
			}
		}

		static String after(Job job) {
			return Cursor.of(Long.toString(job.createdAt().toEpochMilli()), job.id().value());
		}

	}

}
