package io.clipvault.objects.buckets;

import java.time.Clock;
import java.time.Duration;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import io.clipvault.objects.BucketName;
import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Starts purges and shows how far they are. */
@Component
class Purges {

	static final int CAPACITY = 100;

	private static final Duration RETRY_AFTER = Duration.ofSeconds(30);

	private final PurgeRows rows;

	private final Scheduler scheduler;

	private final TransactionOperations transaction;

	private final Clock clock;

	Purges(PurgeRows rows, Scheduler scheduler, TransactionOperations transaction, Clock clock) {
		this.rows = rows;
		this.scheduler = scheduler;
		this.transaction = transaction;
		this.clock = clock;
	}

	Purge get(BucketName bucket) {
		return this.rows.find(bucket)
			.orElseThrow(() -> new Problem(ProblemType.PURGE_NOT_FOUND,
					"No purge of the bucket '%s' is known: start one with DELETE /buckets/%s?purge=true."
						.formatted(bucket, bucket)));
	}

	/** Starts a purge of the bucket, unless one is running. */
	Purge start(BucketName bucket) {
		this.transaction.executeWithoutResult((status) -> {
			int running = this.rows.countRunning();
			this.rows.begin(bucket).ifPresent((purge) -> {
				if (running >= CAPACITY) {
					throw new Problem(ProblemType.QUEUE_FULL,
							"%d purges are running or waiting already: ask again after the time in Retry-After."
								.formatted(running),
							RETRY_AFTER, null);
				}
				schedule(purge);
			});
		});
		this.scheduler.triggerCheckForDueExecutions();
		return get(bucket);
	}

	private void schedule(PurgeId purge) {
		TaskInstance<Integer> run = new TaskInstance<>(PurgeTasks.PURGE, purge.toString(), PurgeRun.PASSES);
		if (!this.scheduler.scheduleIfNotExists(run, this.clock.instant())) {
			throw new IllegalStateException("The purge %s is scheduled already".formatted(purge));
		}
	}

}
