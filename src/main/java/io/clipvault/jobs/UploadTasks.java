package io.clipvault.jobs;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.boot.config.DbSchedulerCustomizer;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.clipvault.layouts.JobId;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What db-scheduler wakes: the upload of a job, and the sweep of what jobs have left. */
@Configuration(proxyBeanMethods = false)
class UploadTasks {

	private static final Duration AFTER_A_BREAKDOWN = Duration.ofSeconds(10);

	private static final Duration SWEEP = Duration.ofMinutes(1);

	/** The name of this place's uploads: other places do not know it, and leave them. */
	static String uploadsAt(Place place) {
		return "upload@" + place.id();
	}

	/** An acceptance of a job: posted again, it is another one. */
	static String instance(JobId job, long revision) {
		return job + "/" + revision;
	}

	@Bean
	Task<Void> uploadTask(JobWorker worker, Place place, LivingRuns livingRuns) {
		// Before the scheduler, which is made of its tasks, looks for work.
		livingRuns.freeDead();
		return Tasks.custom(uploadsAt(place), Void.class)
			.onDeadExecutionRevive()
			// The database itself failed: what was to be written is not.
			.onFailure(new FailureHandler.OnFailureRetryLater<>(AFTER_A_BREAKDOWN))
			.execute((instance, context) -> {
				String id = instance.getId();
				int slash = id.indexOf('/');
				return worker.work(new JobId(id.substring(0, slash)), Long.parseLong(id.substring(slash + 1)))
					.<CompletionHandler<Void>>map(
							(next) -> (complete, operations) -> operations.reschedule(complete, next))
					.orElseGet(CompletionHandler.OnCompleteRemove::new);
			});
	}

	@Bean
	Task<Void> sweepTask(Tidying tidying) {
		return Tasks.recurring("sweep-jobs", FixedDelay.of(SWEEP)).execute((instance, context) -> tidying.all());
	}

	@Bean
	DbSchedulerCustomizer scheduling(JobsSettings settings, LivingRuns livingRuns) {
		return new DbSchedulerCustomizer() {
			@Override
			public Optional<SchedulerName> schedulerName() {
				return Optional.of(new SchedulerName.Fixed(livingRuns.self()));
			}

			@Override
			public Optional<ExecutorService> executorService() {
				return Optional.of(Executors.newFixedThreadPool(settings.parallelJobs(),
						Thread.ofVirtual().name("job-", 0).factory()));
			}
		};
	}

}
