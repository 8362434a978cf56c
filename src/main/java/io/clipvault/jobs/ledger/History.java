package io.clipvault.jobs.ledger;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.clipvault.jobs.JobStatus;
import io.clipvault.jobs.Posting;
import io.clipvault.layouts.JobId;
import io.clipvault.webhooks.Deliveries;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Forgets jobs that ended long ago. The rows of the files that a completed job has in the
 * bucket stay, because an audit compares them as long as the objects are there.
 */
@Component
public class History {

	/** Small, so that other writers wait for milliseconds only. */
	private static final int BATCH = 200;

	/**
	 * After that a job is forgotten even if its unfinished uploads were never aborted.
	 */
	private static final Duration LONGEST_UNTIDY = Duration.ofDays(14);

	/**
	 * How long the row of an expired hold stays: its holder may still be at work on a
	 * large object, and renews it if nobody else has worked on the job.
	 */
	private static final Duration EXPIRED_HOLD = Duration.ofDays(1);

	private final JdbcClient database;

	private final TransactionTemplate transaction;

	private final Deliveries deliveries;

	private final HistorySettings settings;

	private final Clock clock;

	History(JdbcClient database, TransactionTemplate transaction, Deliveries deliveries, HistorySettings settings,
			Clock clock) {
		this.database = database;
		this.transaction = transaction;
		this.deliveries = deliveries;
		this.settings = settings;
		this.clock = clock;
	}

	/**
	 * Forgets the jobs whose time is over, and the holds that expired long ago.
	 * @return how many jobs there were
	 */
	public int forgetOld() {
		this.database.sql("DELETE FROM job_hold WHERE held_until < ?")
			.param(this.clock.instant().minus(EXPIRED_HOLD).toEpochMilli())
			.update();
		Instant end = this.clock.instant().minus(this.settings.history());
		int forgotten = 0;
		while (true) {
			int batch = forgetSome(end);
			forgotten += batch;
			if (batch < BATCH) {
				return forgotten;
			}
		}
	}

	private int forgetSome(Instant end) {
		// NOT IN, because for IN SQLite would read all jobs by their status and sort
		// them.
		List<Old> jobs = this.database.sql("""
				SELECT id, revision, status FROM job
				WHERE ended_at < :end AND next_attempt_at IS NULL AND status NOT IN ('queued', 'uploading')
					AND (untidy = 0 OR ended_at < :longest)
				ORDER BY ended_at LIMIT :batch""")
			.param("end", end.toEpochMilli())
			.param("longest", end.minus(LONGEST_UNTIDY).toEpochMilli())
			.param("batch", BATCH)
			.query((row, number) -> new Old(row.getString("id"), row.getLong("revision"),
					JobStatus.of(row.getString("status"))))
			.list();
		this.transaction.executeWithoutResult((status) -> jobs.forEach(this::forget));
		return jobs.size();
	}

	private void forget(Old job) {
		int forgotten = this.database
			.sql("DELETE FROM job WHERE id = ? AND revision = ? AND status = ? AND next_attempt_at IS NULL")
			.params(job.id(), job.revision(), job.status().word())
			.update();
		if (forgotten == 0) {
			// It was posted again meanwhile.
			return;
		}
		for (String table : List.of("multipart_part", "multipart_upload")) {
			this.database.sql("DELETE FROM " + table + " WHERE job_id = ?").param(job.id()).update();
		}
		this.database
			.sql("DELETE FROM job_file WHERE job_id = ?"
					+ ((job.status() == JobStatus.COMPLETED) ? " AND status <> 'completed'" : ""))
			.param(job.id())
			.update();
		this.deliveries.forget(new Posting(new JobId(job.id()), job.revision()).subject());
	}

	private record Old(String id, long revision, JobStatus status) {
	}

}
