package io.clipvault.jobs.audits;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import io.clipvault.layouts.JobId;
import io.clipvault.paging.Cursor;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** The last audits and what they found. */
@Component
class AuditRows {

	static final int KEPT_AUDITS = 100;

	/** How many findings of each kind an audit keeps; it counts all. */
	static final int KEPT_FINDINGS = 1000;

	private static final int ERROR_LENGTH = 2000;

	private static final String AUDIT = """
			SELECT id, state, job_id, deep, started_at, ended_at, jobs, intact, missing, changed, unknown, error
			FROM audit
			""";

	private final JdbcClient database;

	private final TransactionOperations transaction;

	private final Clock clock;

	AuditRows(JdbcClient database, TransactionOperations transaction, Clock clock) {
		this.database = database;
		this.transaction = transaction;
		this.clock = clock;
	}

	/**
	 * Enters a new audit, in the caller's transaction.
	 * @return its id; empty if one is running
	 */
	Optional<String> begin(@Nullable JobId job, boolean deep) {
		String id = UUID.randomUUID().toString();
		int begun = this.database
			.sql("""
					INSERT INTO audit (id, state, job_id, deep, started_at, jobs, intact, missing, changed, unknown, after_job, stalls)
					VALUES (:id, 'running', :job, :deep, :now, 0, 0, 0, 0, 0, '', 0) ON CONFLICT DO NOTHING""")
			.param("id", id)
			.param("job", (job == null) ? null : job.value())
			.param("deep", deep ? 1 : 0)
			.param("now", this.clock.millis())
			.update();
		return (begun == 1) ? Optional.of(id) : Optional.empty();
	}

	/** An audit without its findings. */
	Optional<Audit> find(String id) {
		return this.database.sql(AUDIT + "WHERE id = ?").param(id).query(AuditRows::audit).optional();
	}

	Optional<AuditStep.Running> running() {
		return this.database
			.sql("SELECT id, job_id, deep, after_job, after_key, stalls FROM audit WHERE state = 'running'")
			.query((row, number) -> new AuditStep.Running(row.getString("id"), job(row), row.getInt("deep") == 1,
					new AuditStep.Position(row.getString("after_job"), row.getString("after_key")),
					row.getInt("stalls")))
			.optional();
	}

	/** A page of audits without their findings, newest first. */
	List<Audit> page(@Nullable Position after, int limit) {
		return this.database.sql(AUDIT + """
				WHERE (started_at, id) < (:at, :id)
				ORDER BY started_at DESC, id DESC LIMIT :limit""")
			.param("at", (after == null) ? Long.MAX_VALUE : after.startedAt())
			.param("id", (after == null) ? "" : after.id())
			.param("limit", limit)
			.query(AuditRows::audit)
			.list();
	}

	/** The last audit of all jobs that has ended. */
	Optional<Audit> last() {
		return this.database.sql(AUDIT + """
				WHERE job_id IS NULL AND state = 'completed'
				ORDER BY started_at DESC, id DESC LIMIT 1""").query(AuditRows::audit).optional();
	}

	/**
	 * Records a step, unless another process has gone on with the audit.
	 * @return false if that is so
	 */
	boolean record(AuditStep.Running audit, AuditStep step) {
		return Boolean.TRUE.equals(this.transaction.execute((status) -> {
			int recorded = this.database
				.sql("""
						UPDATE audit SET jobs = jobs + :jobs, intact = intact + :intact, missing = missing + :missing,
							changed = changed + :changed, unknown = unknown + :unknown, after_job = :job, after_key = :key, stalls = 0
						WHERE id = :id AND state = 'running' AND after_job = :wasJob AND COALESCE(after_key, '/') = :wasKey""")
				.param("jobs", step.jobs())
				.param("intact", step.intact())
				.param("missing", count(step, Finding.Kind.MISSING))
				.param("changed", count(step, Finding.Kind.CHANGED))
				.param("unknown", count(step, Finding.Kind.UNKNOWN))
				.param("job", step.next().afterJob())
				.param("key", step.next().afterKey())
				.param("id", audit.id())
				.param("wasJob", audit.at().afterJob())
				.param("wasKey", (audit.at().afterKey() == null) ? "/" : audit.at().afterKey())
				.update();
			if (recorded == 1) {
				step.findings().forEach((kind, found) -> keep(audit.id(), kind, found));
			}
			return recorded == 1;
		}));
	}

	private static int count(AuditStep step, Finding.Kind kind) {
		return step.findings().getOrDefault(kind, List.of()).size();
	}

	private void keep(String id, Finding.Kind kind, List<Finding> found) {
		if (found.isEmpty()) {
			return;
		}
		int kept = this.database.sql("SELECT COUNT(*) FROM audit_finding WHERE audit_id = ? AND kind = ?")
			.params(id, kind.name())
			.query(Integer.class)
			.single();
		for (Finding finding : found.subList(0, Math.min(found.size(), Math.max(0, KEPT_FINDINGS - kept)))) {
			this.database.sql("""
					INSERT INTO audit_finding (audit_id, kind, object_key, job_id) VALUES (:audit, :kind, :key, :job)
					ON CONFLICT DO NOTHING""")
				.param("audit", id)
				.param("kind", kind.name())
				.param("key", finding.key())
				.param("job", (finding.jobId() == null) ? null : finding.jobId().value())
				.update();
		}
	}

	void addStall(String id) {
		this.database.sql("UPDATE audit SET stalls = stalls + 1 WHERE id = ?").param(id).update();
	}

	/**
	 * Ends an audit and forgets the oldest ones, in the caller's transaction.
	 * @return false if it had ended already
	 */
	boolean end(String id, Audit.State state, @Nullable String error) {
		int ended = this.database.sql(
				"UPDATE audit SET state = :state, error = :error, ended_at = :now WHERE id = :id AND state = 'running'")
			.param("state", state.name().toLowerCase(Locale.ROOT))
			.param("error", (error == null) ? null : error.substring(0, Math.min(error.length(), ERROR_LENGTH)))
			.param("now", this.clock.millis())
			.param("id", id)
			.update();
		this.database
			// Not the ended one: after the clock was set back it is not the newest.
			.sql("""
					DELETE FROM audit WHERE id <> :id
						AND id NOT IN (SELECT id FROM audit ORDER BY started_at DESC, id DESC LIMIT :kept)""")
			.param("id", id)
			.param("kept", KEPT_AUDITS)
			.update();
		this.database.sql("DELETE FROM audit_finding WHERE audit_id NOT IN (SELECT id FROM audit)").update();
		return ended == 1;
	}

	/** What an audit found, by kind and in the order of keys. */
	Map<Finding.Kind, List<Finding>> findings(String id) {
		Map<Finding.Kind, List<Finding>> findings = new EnumMap<>(Finding.Kind.class);
		this.database.sql("SELECT kind, job_id, object_key FROM audit_finding WHERE audit_id = ? ORDER BY object_key")
			.param(id)
			.query((ResultSet row) -> {
				findings.computeIfAbsent(Finding.Kind.valueOf(row.getString("kind")), (kind) -> new ArrayList<>())
					.add(new Finding(job(row), row.getString("object_key")));
			});
		return findings;
	}

	private static Audit audit(ResultSet row, int number) throws SQLException {
		long ended = row.getLong("ended_at");
		Instant endedAt = row.wasNull() ? null : Instant.ofEpochMilli(ended);
		return new Audit(row.getString("id"), Audit.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
				job(row), row.getInt("deep") == 1, Instant.ofEpochMilli(row.getLong("started_at")), endedAt,
				row.getLong("jobs"), row.getLong("intact"), row.getLong("missing"), row.getLong("changed"),
				row.getLong("unknown"), row.getString("error"), null, null, null);
	}

	private static @Nullable JobId job(ResultSet row) throws SQLException {
		String id = row.getString("job_id");
		return (id == null) ? null : new JobId(id);
	}

	/** The last audit of a page. */
	record Position(long startedAt, String id) {

		static Position parse(String cursor) {
			List<String> texts = Cursor.read(cursor, 2);
			try {
				return new Position(Long.parseLong(texts.getFirst()), texts.getLast());
			}
			catch (NumberFormatException foreign) {
				throw Cursor.refused(foreign);
			}
		}

		static String after(Audit audit) {
			return Cursor.of(Long.toString(audit.startedAt().toEpochMilli()), audit.id());
		}

	}

}
