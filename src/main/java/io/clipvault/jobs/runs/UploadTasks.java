package io.clipvault.jobs.runs;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.boot.config.DbSchedulerCustomizer;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.clipvault.jobs.Posting;
import io.clipvault.jobs.folders.RootId;
import io.clipvault.jobs.ledger.Jobs;
import io.clipvault.jobs.ledger.LivingRuns;
import io.clipvault.jobs.transfer.RunSettings;
import io.clipvault.jobs.transfer.UnfinishedUploads;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The task that db-scheduler runs for each upload. */
@Configuration(proxyBeanMethods = false)
class UploadTasks {

	private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

	/**
	 * The task of one jobs root: hosts without that root do not know it and leave it
	 * alone.
	 */
	static String uploadsUnder(RootId root) {
		return "upload@" + root.id();
	}

	@Bean
	Task<Void> uploadTask(JobWorker worker, RootId root, LivingRuns livingRuns) {
		// The scheduler is made of its tasks, so this runs before it looks for work.
		livingRuns.releaseDeadProcesses();
		return Tasks.custom(uploadsUnder(root), Void.class)
			.onDeadExecutionRevive()
			// The database failed, so nothing was recorded.
			.onFailure(new FailureHandler.OnFailureRetryLater<>(RETRY_AFTER))
			.execute((instance, context) -> worker.work(Posting.parse(instance.getId()))
				.<CompletionHandler<Void>>map((next) -> (complete, operations) -> operations.reschedule(complete, next))
				.orElseGet(CompletionHandler.OnCompleteRemove::new));
	}

	@Bean
	MeterBinder queueLength(Jobs jobs) {
		return (meters) -> Gauge.builder("clipvault.jobs.queued", jobs, Jobs::queued)
			.description("Jobs that wait for their upload or its next try")
			.register(meters);
	}

	@Bean
	DbSchedulerCustomizer scheduling(RunSettings settings, LivingRuns livingRuns) {
		return new DbSchedulerCustomizer() {
			@Override
			public Optional<SchedulerName> schedulerName() {
				return Optional.of(new SchedulerName.Fixed(livingRuns.processName()));
			}

			@Override
			public Optional<ExecutorService> executorService() {
				return Optional.of(Executors.newFixedThreadPool(settings.parallelJobs(),
						Thread.ofVirtual().name("job-", 0).factory()));
			}
		};
	}

}
