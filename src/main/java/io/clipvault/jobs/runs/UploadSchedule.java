package io.clipvault.jobs.runs;

import java.time.Clock;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import io.clipvault.jobs.Posting;
import io.clipvault.jobs.folders.RootId;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** When each posting is due, in the same database as the jobs. */
@Component
public class UploadSchedule {

	private final Scheduler scheduler;

	private final RootId root;

	private final Clock clock;

	UploadSchedule(Scheduler scheduler, RootId root, Clock clock) {
		this.scheduler = scheduler;
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
	 * Makes a posting due now, unless the schedule has it already.
	 * @return whether it was added
	 */
	boolean addIfLost(Posting posting) {
		return this.scheduler.scheduleIfNotExists(
				new TaskInstance<>(UploadTasks.uploadsUnder(this.root), posting.toString()), this.clock.instant());
	}

}
