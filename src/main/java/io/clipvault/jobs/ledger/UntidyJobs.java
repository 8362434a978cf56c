package io.clipvault.jobs.ledger;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.clipvault.layouts.JobId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The jobs that may have left unfinished uploads in the bucket when they ended, and that
 * are not tried again.
 */
@Component
public class UntidyJobs {

	/** The longest time for which the parts of a failed job are kept. */
	private static final Duration LONGEST_KEPT = Duration.ofDays(14);

	private static final String ENDED = """
			untidy = 1 AND status IN ('failed', 'cancelled', 'completed')
			AND (next_attempt_at IS NULL OR failed_since < :longest)""";

	private final JdbcClient database;

	private final Clock clock;

	UntidyJobs(JdbcClient database, Clock clock) {
		this.database = database;
		this.clock = clock;
	}

	public void mark(JobId job) {
		this.database.sql("UPDATE job SET untidy = 1 WHERE id = ?").param(job.value()).update();
	}

	/** Removes the mark, in the caller's transaction. */
	public void clear(JobId job) {
		this.database.sql("UPDATE job SET untidy = 0 WHERE id = ?").param(job.value()).update();
	}

	public List<JobId> all() {
		return this.database.sql("SELECT id FROM job WHERE " + ENDED + " ORDER BY id")
			.param("longest", longest())
			.query((row, number) -> new JobId(row.getString("id")))
			.list();
	}

	/** The last claim on a job, if it is untidy and has ended. */
	public Optional<Claim> claim(JobId job) {
		return this.database.sql("SELECT claim FROM job WHERE id = :id AND " + ENDED)
			.param("id", job.value())
			.param("longest", longest())
			.query(Long.class)
			.optional()
			.map((number) -> new Claim(job, number));
	}

	private long longest() {
		return this.clock.instant().minus(LONGEST_KEPT).toEpochMilli();
	}

}
