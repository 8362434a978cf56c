package io.clipvault.gallery.catalog;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import io.clipvault.layouts.JobId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The database table that tells every replica which jobs were published or removed
 * lately.
 */
@Component
class ChangedJobs {

	/** Replicas ask every second, so a change is never deleted unread. */
	private static final Duration KEPT = Duration.ofDays(1);

	private final String replica = UUID.randomUUID().toString();

	private final JdbcClient jdbc;

	private final TransactionTemplate transaction;

	private final Clock clock;

	ChangedJobs(JdbcClient jdbc, TransactionTemplate transaction, Clock clock) {
		this.jdbc = jdbc;
		this.transaction = transaction;
		this.clock = clock;
	}

	/** Records that this replica changed a job, and deletes old changes. */
	void record(JobId job) {
		long now = this.clock.millis();
		this.transaction.executeWithoutResult((status) -> {
			// Locks the row until the commit, so that versions become visible in order.
			this.jdbc.sql("UPDATE gallery_version SET version = version + 1").update();
			this.jdbc.sql("""
					INSERT INTO gallery_change (job_id, version, replica, changed_at)
					VALUES (:job, (SELECT version FROM gallery_version), :replica, :now)
					ON CONFLICT (job_id) DO UPDATE SET version = excluded.version, replica = excluded.replica,
					changed_at = excluded.changed_at""")
				.param("job", job.value())
				.param("replica", this.replica)
				.param("now", now)
				.update();
			this.jdbc.sql("DELETE FROM gallery_change WHERE changed_at < :past")
				.param("past", now - KEPT.toMillis())
				.update();
		});
	}

	/** The version of the latest change. */
	long version() {
		return this.jdbc.sql("SELECT version FROM gallery_version").query(Long.class).single();
	}

	/** The changes of other replicas after this version. */
	Changes since(long version) {
		long[] newest = { version };
		List<JobId> jobs = new ArrayList<>();
		this.jdbc.sql("SELECT job_id, version, replica FROM gallery_change WHERE version > :seen")
			.param("seen", version)
			.query((row) -> {
				newest[0] = Math.max(newest[0], row.getLong(2));
				if (!this.replica.equals(row.getString(3))) {
					jobs.add(new JobId(row.getString(1)));
				}
			});
		return new Changes(newest[0], jobs);
	}

	/** Jobs that other replicas changed, and the version of the last change. */
	record Changes(long version, List<JobId> jobs) {
	}

}
