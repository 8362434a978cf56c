package io.clipvault.objects.buckets;

import java.time.Duration;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Declares the db-scheduler task that purges a bucket; any process on the same database
 * may run it.
 */
@Configuration(proxyBeanMethods = false)
class PurgeTasks {

	static final String PURGE = "purge-bucket";

	private static final Duration RETRY_DELAY = Duration.ofSeconds(10);

	/** The task's data is the number of passes that are left. */
	@Bean
	Task<Integer> purgeTask(PurgeRun run) {
		return Tasks.custom(PURGE, Integer.class)
			.onDeadExecutionRevive()
			// Only a failed database or a shutdown gets here.
			.onFailure(new FailureHandler.OnFailureRetryLater<>(RETRY_DELAY))
			.execute((instance, context) -> run
				.work(PurgeId.of(instance.getId()), instance.getData(),
						() -> context.getSchedulerState().isShuttingDown())
				.<CompletionHandler<Integer>>map((next) -> (complete, operations) -> operations.reschedule(complete,
						complete.getTimeDone().plus(next.delay()), next.passes()))
				.orElseGet(CompletionHandler.OnCompleteRemove::new));
	}

}
