package io.clipvault.jobs.audits;

import java.time.Clock;
import java.util.Objects;
import java.util.Optional;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import io.clipvault.layouts.JobId;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Enters an audit in the rows and in the schedule. */
@Component
class AuditStart {

	private final AuditRows rows;

	private final TransactionOperations transaction;

	private final Clock clock;

	AuditStart(AuditRows rows, TransactionOperations transaction, Clock clock) {
		this.rows = rows;
		this.transaction = transaction;
		this.clock = clock;
	}

	/** Begins an audit and returns its id; empty if one is running. */
	Optional<String> begin(SchedulerClient schedule, @Nullable JobId job, boolean deep) {
		return Objects.requireNonNull(this.transaction.execute((status) -> {
			Optional<String> begun = this.rows.begin(job, deep);
			begun.ifPresent((id) -> {
				boolean _ = schedule.scheduleIfNotExists(new TaskInstance<>(AuditTasks.AUDIT, id),
						this.clock.instant());
			});
			return begun;
		}));
	}

}
