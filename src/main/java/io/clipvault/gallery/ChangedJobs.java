package io.clipvault.gallery;

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
 * The jobs that were published or removed lately, in the database, where every replica
 * hears of those of the others.
 */
@Component
class ChangedJobs {

	/** Far longer than any replica goes without asking. */
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

	/** Tells the other replicas that this one changed a job. */
	void tell(JobId job) {
		long now = this.clock.millis();
		this.transaction.executeWithoutResult((status) -> {
			// Locks the row until the commit: numbers become visible in their order.
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

	/** The number of the last change that anyone told. */
	long version() {
		return this.jdbc.sql("SELECT version FROM gallery_version").query(Long.class).single();
	}

	/** What other replicas told after this number. */
	News since(long version) {
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
		return new News(newest[0], jobs);
	}

	/** Jobs that others changed, and up to which number. */
	record News(long version, List<JobId> jobs) {
	}

}
