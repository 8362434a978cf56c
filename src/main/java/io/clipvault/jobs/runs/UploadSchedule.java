package io.clipvault.jobs.runs;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import io.clipvault.jobs.Posting;
import io.clipvault.jobs.folders.RootId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** When each posting is due, in the same database as the jobs. */
@Component
public class UploadSchedule {

	private final Scheduler scheduler;

	private final RootId root;

	private final Clock clock;

	private final JdbcClient database;

	UploadSchedule(Scheduler scheduler, RootId root, Clock clock, JdbcClient database) {
		this.scheduler = scheduler;
		this.database = database;
		this.root = root;
		this.clock = clock;
	}

	/**
	 * Makes a posting due now, in the caller's transaction; once that is committed, it is
	 * started without waiting for the next poll.
	 */
	public void add(Posting posting) {
		if (!addIfLost(posting)) {
			throw new IllegalStateException("Posting %s is already in the schedule".formatted(posting));
		}
		TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
			@Override
			public void afterCommit() {
				UploadSchedule.this.scheduler.triggerCheckForDueExecutions();
			}
		});
	}

	/**
	 * Makes postings due now that would wait for longer than any plan lets them: the
	 * clock was set back since.
	 */
	void bringForward(Instant latest) {
		this.database.sql("""
				UPDATE scheduled_tasks SET execution_time = ?, version = version + 1
				WHERE execution_time > ? AND picked = FALSE AND task_name = ?""")
			.params(Timestamp.from(this.clock.instant()), Timestamp.from(latest), UploadTasks.uploadsUnder(this.root))
			.update();
	}

	/**
	 * Makes a posting due now, unless the schedule has it already.
	 * @return whether it was added
	 */
	boolean addIfLost(Posting posting) {
		return this.scheduler.scheduleIfNotExists(
				new TaskInstance<>(UploadTasks.uploadsUnder(this.root), posting.toString()), this.clock.instant());
	}

}
