package io.clipvault.jobs;

import java.sql.Types;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

import io.clipvault.layouts.JobId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What a run writes of its job. Every write locks the job's row and checks the claim
 * first, so that a worker that froze and wakes up late can write nothing.
 */
@Component
class Claims {

	private final JdbcClient database;

	private final JdbcTemplate batches;

	private final TransactionTemplate transaction;

	private final LivingRuns runs;

	private final Clock clock;

	Claims(JdbcClient database, JdbcTemplate batches, TransactionTemplate transaction, LivingRuns runs, Clock clock) {
		this.database = database;
		this.batches = batches;
		this.transaction = transaction;
		this.runs = runs;
		this.clock = clock;
	}

	/**
	 * Takes a job that is due; empty when it has ended or was posted anew, and while a
	 * cancelled run of it is not over or somebody holds it.
	 */
	Optional<Claim> take(JobId job, long revision) {
		return this.database.sql("""
				UPDATE job SET claim = claim + 1, status = 'uploading', attempts = attempts + 1, untidy = 1,
					running = revision, updated_at = :now, started_at = COALESCE(started_at, :now)
				WHERE id = :id AND revision = :revision AND status IN ('queued', 'uploading')
					AND (running IS NULL OR running = revision)
					AND NOT EXISTS (SELECT 1 FROM job_hold WHERE job_id = :id AND held_until > :now)
				RETURNING claim""")
			.param("now", this.clock.millis())
			.param("id", job.value())
			.param("revision", revision)
			.query(Long.class)
			.optional()
			.map((number) -> new Claim(job, number));
	}

	/** The claim of a job that no run was to take. */
	Claim untaken(JobId job) {
		return new Claim(job,
				this.database.sql("SELECT claim FROM job WHERE id = ?").param(job.value()).query(Long.class).single());
	}

	/** Whether a job that could not be taken is still to be uploaded. */
	boolean waits(JobId job, long revision) {
		return this.database
			.sql("SELECT COUNT(*) FROM job WHERE id = ? AND revision = ? AND status IN ('queued', 'uploading')")
			.params(job.value(), revision)
			.query(Long.class)
			.single() == 1;
	}

	/**
	 * Frees a job of a cancelled run that is over, or whose process is gone.
	 * @return whether no such run has to be waited for
	 */
	boolean freed(JobId job) {
		Optional<Long> running = this.database.sql(
				"SELECT running FROM job WHERE id = ? AND running IS NOT NULL AND (status <> 'uploading' OR running <> revision)")
			.param(job.value())
			.query(Long.class)
			.optional();
		if (running.isPresent() && this.runs.working(job, running.get())) {
			return false;
		}
		running.ifPresent((revision) -> this.database.sql("UPDATE job SET running = NULL WHERE id = ? AND running = ?")
			.params(job.value(), revision)
			.update());
		return true;
	}

	/**
	 * Takes the job away from whoever works on it, and ends it.
	 * @param together what is written in the same transaction
	 * @return false when it had ended already
	 */
	boolean cancel(JobId job, Runnable together) {
		return Boolean.TRUE.equals(this.transaction.execute((status) -> {
			int cancelled = this.database.sql("""
					UPDATE job SET claim = claim + 1, status = 'cancelled', updated_at = :now, ended_at = :now
					WHERE id = :id AND status IN ('queued', 'uploading')""")
				.param("now", this.clock.millis())
				.param("id", job.value())
				.update();
			if (cancelled == 1) {
				together.run();
			}
			return cancelled == 1;
		}));
	}

	/** Writes under a claim, all or nothing. */
	void write(Claim claim, Runnable writes) {
		this.transaction.executeWithoutResult((status) -> {
			int held = this.database.sql("UPDATE job SET updated_at = ? WHERE id = ? AND claim = ?")
				.params(this.clock.millis(), claim.job().value(), claim.number())
				.update();
			if (held == 0) {
				throw new Claim.Lost(claim);
			}
			writes.run();
		});
	}

	void requireHeld(Claim claim) {
		if (!held(claim)) {
			throw new Claim.Lost(claim);
		}
	}

	boolean held(Claim claim) {
		return this.database.sql("SELECT COUNT(*) FROM job WHERE id = ? AND claim = ?")
			.params(claim.job().value(), claim.number())
			.query(Long.class)
			.single() == 1;
	}

	/** Notes how files ended, all in one transaction. */
	void filesEnded(Claim claim, List<FileEnd> ends) {
		write(claim, () -> noteEnds(claim.job(), ends));
	}

	private void noteEnds(JobId job, List<FileEnd> ends) {
		this.batches.batchUpdate("""
				UPDATE job_file SET status = ?, digest = ?, error = ?, size = COALESCE(CAST(? AS BIGINT), size),
					bytes_done = COALESCE(CAST(? AS BIGINT), bytes_done)
				WHERE job_id = ? AND name = ?""", ends, ends.size(), (row, end) -> {
			row.setString(1, end.status().word());
			row.setString(2, (end.digest() == null) ? null : end.digest().text());
			row.setString(3, end.error());
			for (int size = 4; size <= 5; size++) {
				row.setObject(size, (end.digest() == null) ? null : end.digest().size(), Types.BIGINT);
			}
			row.setString(6, job.value());
			row.setString(7, end.file());
		});
		for (String table : List.of("multipart_part", "multipart_upload")) {
			this.database.sql("DELETE FROM " + table
					+ " WHERE job_id = :job AND file_name IN (SELECT name FROM job_file WHERE job_id = :job AND status = 'completed')")
				.param("job", job.value())
				.update();
		}
	}

	/** Notes that so many more bytes of a file are safe in the bucket. */
	void arrived(Claim claim, String name, long bytes) {
		this.database
			.sql("UPDATE job_file SET status = 'uploading', bytes_done = bytes_done + ? WHERE job_id = ? AND name = ?")
			.params(bytes, claim.job().value(), name)
			.update();
	}

	/** Puts the job back into the queue, because the service stops. */
	void released(Claim claim) {
		write(claim,
				() -> this.database
					.sql("UPDATE job SET status = 'queued', running = NULLIF(running, revision) WHERE id = ?")
					.param(claim.job().value())
					.update());
	}

	/** Puts the job back into the queue after a failure that may pass. */
	void postponed(Claim claim, String why) {
		write(claim, () -> this.database.sql(
				"UPDATE job SET status = 'queued', running = NULLIF(running, revision), failures = failures + 1, error = ? WHERE id = ?")
			.params(why, claim.job().value())
			.update());
	}

	/** How many failures that may pass a job has had. */
	int failures(JobId job) {
		return this.database.sql("SELECT failures FROM job WHERE id = ?")
			.param(job.value())
			.query(Integer.class)
			.single();
	}

	/**
	 * Ends the job.
	 * @param together what is written in the same transaction
	 */
	void ended(Claim claim, JobStatus how, @Nullable String why, Runnable together) {
		write(claim, () -> {
			this.database
				.sql("""
						UPDATE job SET status = :status, running = NULLIF(running, revision), untidy = :untidy, error = :error, ended_at = :now
						WHERE id = :id""")
				.param("status", how.word())
				.param("untidy", (how == JobStatus.COMPLETED) ? 0 : 1)
				.param("error", why)
				.param("now", this.clock.millis())
				.param("id", claim.job().value())
				.update();
			together.run();
		});
	}

	/** Has a job looked after once more when it has ended. */
	void untidy(JobId job) {
		this.database.sql("UPDATE job SET untidy = 1 WHERE id = ?").param(job.value()).update();
	}

}
