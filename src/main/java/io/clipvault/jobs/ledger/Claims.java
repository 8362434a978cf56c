package io.clipvault.jobs.ledger;

import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

import io.clipvault.jobs.JobStatus;
import io.clipvault.jobs.Posting;
import io.clipvault.layouts.JobId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Fences the writes of runs: each write locks the job's row and checks the claim first,
 * so that a worker that froze and wakes up late writes nothing.
 */
@Component
public class Claims {

	private final JdbcClient database;

	private final TransactionTemplate transaction;

	private final LivingRuns runs;

	private final Clock clock;

	Claims(JdbcClient database, TransactionTemplate transaction, LivingRuns runs, Clock clock) {
		this.database = database;
		this.transaction = transaction;
		this.runs = runs;
		this.clock = clock;
	}

	/**
	 * Takes a job that is due. Empty if it has ended or was posted again, while a
	 * cancelled run of it is still running, and while somebody holds it. Its files are
	 * counted again, because an older version keeps no counters.
	 */
	public Optional<Claim> take(Posting posting) {
		return Objects.requireNonNull(this.transaction.execute((status) -> {
			Optional<Claim> taken = takeIfDue(posting);
			// A statement of its own: the one before may have waited for a run's write.
			taken.ifPresent((claim) -> JobFiles.recount(this.database, claim.job()));
			return taken;
		}));
	}

	private Optional<Claim> takeIfDue(Posting posting) {
		return this.database.sql("""
				UPDATE job SET claim = claim + 1, status = 'uploading', attempts = attempts + 1, untidy = 1,
					running = revision, updated_at = :now, started_at = COALESCE(started_at, :now),
					ended_at = NULL, next_attempt_at = NULL
				WHERE id = :id AND revision = :revision
					AND (status IN ('queued', 'uploading') OR (status = 'failed' AND next_attempt_at IS NOT NULL))
					AND (running IS NULL OR running = revision)
					AND NOT EXISTS (SELECT 1 FROM job_hold WHERE job_id = :id AND held_until > :now)
				RETURNING claim""")
			.param("now", this.clock.millis())
			.param("id", posting.job().value())
			.param("revision", posting.revision())
			.query(Long.class)
			.optional()
			.map((number) -> new Claim(posting.job(), number));
	}

	/** The current claim, without taking the job. */
	public Claim current(JobId job) {
		return new Claim(job,
				this.database.sql("SELECT claim FROM job WHERE id = ?").param(job.value()).query(Long.class).single());
	}

	/** Whether a posting that could not be taken still has to be uploaded. */
	public boolean isOpen(Posting posting) {
		return this.database.sql("""
				SELECT COUNT(*) FROM job WHERE id = ? AND revision = ?
					AND (status IN ('queued', 'uploading') OR (status = 'failed' AND next_attempt_at IS NOT NULL))""")
			.params(posting.job().value(), posting.revision())
			.query(Long.class)
			.single() == 1;
	}

	/**
	 * Clears the mark of a cancelled run that has returned or whose process is dead.
	 * @return false while a cancelled run is still running
	 */
	public boolean clearCancelledRun(JobId job) {
		Optional<Long> running = this.database.sql(
				"SELECT running FROM job WHERE id = ? AND running IS NOT NULL AND (status <> 'uploading' OR running <> revision)")
			.param(job.value())
			.query(Long.class)
			.optional();
		if (running.isPresent() && this.runs.isRunning(new Posting(job, running.get()))) {
			return false;
		}
		running.ifPresent((revision) -> this.database.sql("UPDATE job SET running = NULL WHERE id = ? AND running = ?")
			.params(job.value(), revision)
			.update());
		return true;
	}

	/**
	 * Takes the job from whoever works on it, and ends it and its retries as cancelled.
	 * @param together runs in the same transaction
	 * @return false if it had already ended
	 */
	public boolean cancel(JobId job, Runnable together) {
		return Boolean.TRUE.equals(this.transaction.execute((status) -> {
			int cancelled = this.database
				.sql("""
						UPDATE job SET claim = claim + 1, status = 'cancelled', updated_at = :now, ended_at = :now,
							next_attempt_at = NULL
						WHERE id = :id AND (status IN ('queued', 'uploading') OR (status = 'failed' AND next_attempt_at IS NOT NULL))""")
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
	public void write(Claim claim, Runnable writes) {
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

	public void requireHeld(Claim claim) {
		if (!isHeld(claim)) {
			throw new Claim.Lost(claim);
		}
	}

	public boolean isHeld(Claim claim) {
		return this.database.sql("SELECT COUNT(*) FROM job WHERE id = ? AND claim = ?")
			.params(claim.job().value(), claim.number())
			.query(Long.class)
			.single() == 1;
	}

	/** Puts the job back into the queue, because the service stops. */
	public void release(Claim claim) {
		write(claim,
				() -> this.database
					.sql("UPDATE job SET status = 'queued', running = NULLIF(running, revision) WHERE id = ?")
					.param(claim.job().value())
					.update());
	}

	/** Puts the job back into the queue after a failure that may pass. */
	public void postpone(Claim claim, String why, Job.Failures failures) {
		write(claim, () -> {
			this.database
				.sql("UPDATE job SET status = 'queued', running = NULLIF(running, revision), error = ? WHERE id = ?")
				.params(why, claim.job().value())
				.update();
			set(claim.job(), failures);
		});
	}

	/** The failures that may pass which a job has had since it last made progress. */
	public Job.Failures failures(JobId job) {
		return this.database.sql("SELECT failures, retries, failed_since FROM job WHERE id = ?")
			.param(job.value())
			.query((row, number) -> new Job.Failures(row.getInt("failures"), row.getInt("retries"),
					Jobs.instant(row, "failed_since")))
			.single();
	}

	private void set(JobId job, Job.Failures failures) {
		@Nullable Instant since = failures.since();
		this.database.sql("UPDATE job SET failures = :count, retries = :retries, failed_since = :since WHERE id = :job")
			.param("count", failures.count())
			.param("retries", failures.retries())
			.param("since", (since == null) ? null : since.toEpochMilli())
			.param("job", job.value())
			.update();
	}

	/**
	 * Fails the job, which is tried again at a time.
	 * @param together runs in the same transaction
	 */
	public void fail(Claim claim, String why, Job.Failures failures, Instant next, Runnable together) {
		end(claim, JobStatus.FAILED, why, () -> {
			set(claim.job(), failures);
			this.database.sql("UPDATE job SET next_attempt_at = ? WHERE id = ?")
				.params(next.toEpochMilli(), claim.job().value())
				.update();
			together.run();
		});
	}

	/**
	 * Ends the job.
	 * @param together runs in the same transaction
	 */
	public void end(Claim claim, JobStatus status, @Nullable String why, Runnable together) {
		write(claim, () -> {
			this.database.sql("""
					UPDATE job SET status = :status, running = NULLIF(running, revision), untidy = :untidy,
						error = :error, ended_at = :now
					WHERE id = :id""")
				.param("status", status.word())
				.param("untidy", (status == JobStatus.COMPLETED) ? 0 : 1)
				.param("error", why)
				.param("now", this.clock.millis())
				.param("id", claim.job().value())
				.update();
			together.run();
		});
	}

}
