package io.clipvault.jobs.ledger;

import java.util.List;
import java.util.Optional;

import io.clipvault.layouts.JobId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The jobs that may have left unfinished uploads in the bucket when they ended. */
@Component
public class UntidyJobs {

	private static final String ENDED = " untidy = 1 AND status IN ('failed', 'cancelled', 'completed')";

	private final JdbcClient database;

	UntidyJobs(JdbcClient database) {
		this.database = database;
	}

	public void mark(JobId job) {
		this.database.sql("UPDATE job SET untidy = 1 WHERE id = ?").param(job.value()).update();
	}

	/** Removes the mark, in the caller's transaction. */
	public void clear(JobId job) {
		this.database.sql("UPDATE job SET untidy = 0 WHERE id = ?").param(job.value()).update();
	}

	public List<JobId> all() {
		return this.database.sql("SELECT id FROM job WHERE" + ENDED + " ORDER BY id")
			.query((row, number) -> new JobId(row.getString("id")))
			.list();
	}

	/** The last claim on a job, if it is untidy and has ended. */
	public Optional<Claim> claim(JobId job) {
		return this.database.sql("SELECT claim FROM job WHERE id = ? AND" + ENDED)
			.param(job.value())
			.query(Long.class)
			.optional()
			.map((number) -> new Claim(job, number));
	}

}
