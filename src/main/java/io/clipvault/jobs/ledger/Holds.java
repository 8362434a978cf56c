package io.clipvault.jobs.ledger;

import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

import io.clipvault.layouts.JobId;
import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Keeps runs and postings off a job while its artifacts are removed or restored. */
@Component
public class Holds {

	/** Expires a dead process's hold; a live one renews it per object. */
	static final Duration LEASE = Duration.ofMinutes(15);

	private final JdbcClient database;

	private final Jobs jobs;

	private final Claims claims;

	private final StoredFiles files;

	private final Clock clock;

	Holds(JdbcClient database, Jobs jobs, Claims claims, StoredFiles files, Clock clock) {
		this.database = database;
		this.jobs = jobs;
		this.claims = claims;
		this.files = files;
		this.clock = clock;
	}

	/** Holds a job that is neither queued nor uploading. */
	public Hold hold(JobId job) {
		Hold hold = hold(job, UUID.randomUUID().toString());
		try {
			// Checked after the hold is written: a later posting finds the hold.
			requireIdle(job);
			return hold;
		}
		catch (RuntimeException active) {
			hold.close();
			throw active;
		}
	}

	private Hold hold(JobId job, String holder) {
		take(job, holder);
		return new Hold(job, holder);
	}

	private void take(JobId job, String holder) {
		int held = this.database.sql("""
				INSERT INTO job_hold (job_id, holder, held_until) VALUES (:job, :holder, :until)
				ON CONFLICT (job_id) DO UPDATE SET holder = :holder, held_until = :until
				WHERE job_hold.held_until <= :now""")
			.param("job", job.value())
			.param("holder", holder)
			.param("until", until())
			.param("now", this.clock.millis())
			.update();
		if (held == 0) {
			throw taken(job);
		}
	}

	/** Refuses while a job is queued, uploading or held. */
	public void requireFree(JobId job) {
		requireNotHeld(job);
		requireIdle(job);
	}

	/**
	 * Refuses while a job is held, and lets nobody hold it before the caller's
	 * transaction has ended.
	 */
	public void pass(JobId job) {
		// The row makes the next holder wait for the commit.
		hold(job, "passing").close();
	}

	public void requireNotHeld(JobId job) {
		boolean held = this.database.sql("SELECT COUNT(*) FROM job_hold WHERE job_id = ? AND held_until > ?")
			.params(job.value(), this.clock.millis())
			.query(Long.class)
			.single() > 0;
		if (held) {
			throw taken(job);
		}
	}

	private void requireIdle(JobId job) {
		this.jobs.requireEnded(job);
		if (!this.claims.clearCancelledRun(job)) {
			throw new Problem(ProblemType.JOB_ACTIVE,
					"Job '%s' was cancelled, and its last requests are still in flight: try again in a few seconds."
						.formatted(job));
		}
	}

	private long until() {
		return this.clock.instant().plus(LEASE).toEpochMilli();
	}

	private static Problem taken(JobId job) {
		return new Problem(ProblemType.JOB_ACTIVE,
				"Somebody else is uploading, removing or restoring job '%s': try again when that is done."
					.formatted(job));
	}

	/** The right to change what the bucket or the disk holds of a job. */
	public final class Hold implements AutoCloseable {

		private final JobId job;

		private final String holder;

		private final Set<String> held = new HashSet<>();

		private Hold(JobId job, String holder) {
			this.job = job;
			this.holder = holder;
			this.held.add(job.value());
		}

		/**
		 * Holds also the name of the directory that is worked on, so that no job posts it
		 * under another id.
		 */
		public void holdDirectory(JobId name) {
			if (!this.held.contains(name.value())) {
				take(name, this.holder);
				this.held.add(name.value());
			}
		}

		/** Renews the lease, unless it has expired and somebody else works on the job. */
		public void renew() {
			int renewed = Holds.this.database.sql("""
					UPDATE job_hold SET held_until = :until WHERE job_id IN (:held) AND holder = :holder
						AND NOT EXISTS (SELECT 1 FROM job WHERE id = :job AND status IN ('queued', 'uploading'))""")
				.param("until", until())
				.param("held", this.held)
				.param("job", this.job.value())
				.param("holder", this.holder)
				.update();
			if (renewed < this.held.size()) {
				throw taken(this.job);
			}
		}

		/** Ends the retries of the job, if it has failed. */
		public void endRetries() {
			Holds.this.database.sql("UPDATE job SET next_attempt_at = NULL, updated_at = ? WHERE id = ?")
				.params(Holds.this.clock.millis(), this.job.value())
				.update();
		}

		/** Ends the hold in the caller's transaction, unless it was lost. */
		public void end() {
			if (!delete()) {
				throw taken(this.job);
			}
		}

		/**
		 * Records that the bucket is no longer expected to hold the job's files. Call it
		 * before the first object is removed, so that no audit misses one.
		 */
		public void forgetFiles() {
			renew();
			Holds.this.files.forget(this.job);
		}

		/** Records that the job's files are in its directory again. */
		public void noteRestored() {
			Holds.this.files.noteRestored(this.job);
		}

		@Override
		public void close() {
			delete();
		}

		private boolean delete() {
			return Holds.this.database.sql("DELETE FROM job_hold WHERE job_id IN (:held) AND holder = :holder")
				.param("held", this.held)
				.param("holder", this.holder)
				.update() == this.held.size();
		}

	}

}
