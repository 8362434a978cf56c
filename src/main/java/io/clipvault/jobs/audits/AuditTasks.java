package io.clipvault.jobs.audits;

import java.time.Duration;
import java.time.Instant;
import java.util.function.ToLongFunction;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.Schedule;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Declares the db-scheduler tasks of audits, which any process on the same database may
 * run, and their metrics.
 */
@Configuration(proxyBeanMethods = false)
class AuditTasks {

	static final String AUDIT = "audit";

	private static final String BEGIN = "begin-audit";

	private static final Duration RETRY_DELAY = Duration.ofSeconds(10);

	/** How long to wait if another audit runs when one is due. */
	private static final Duration RETRY_WHILE_BUSY = Duration.ofHours(1);

	@Bean
	Task<Void> auditTask(AuditRun run) {
		return Tasks.custom(AUDIT, Void.class)
			.onDeadExecutionRevive()
			// Only a failed database gets here.
			.onFailure(new FailureHandler.OnFailureRetryLater<>(RETRY_DELAY))
			.execute((instance, context) -> run
				.work(instance.getId(), () -> context.getSchedulerState().isShuttingDown())
				.<CompletionHandler<Void>>map((delay) -> (complete, operations) -> operations.reschedule(complete,
						complete.getTimeDone().plus(delay)))
				.orElseGet(CompletionHandler.OnCompleteRemove::new));
	}

	@Bean
	Task<Void> beginAuditTask(AuditStart start, AuditSettings settings) {
		Tasks.TaskBuilder<Void> task = Tasks.custom(BEGIN, Void.class)
			.onDeadExecutionRevive()
			.onFailure(new FailureHandler.OnFailureRetryLater<>(RETRY_DELAY));
		if (settings.scheduled()) {
			task.scheduleOnStartup("all", null, new After(settings.every()));
		}
		return task.execute((instance, context) -> {
			if (!settings.scheduled()) {
				// Left by an earlier start, in which it was not off.
				return new CompletionHandler.OnCompleteRemove<>();
			}
			boolean begun = start.begin(context.getSchedulerClient(), null, false).isPresent();
			return (complete, operations) -> operations.reschedule(complete,
					complete.getTimeDone().plus(begun ? settings.every() : RETRY_WHILE_BUSY));
		});
	}

	@Bean
	MeterBinder auditMeters(AuditRows rows) {
		return (meters) -> {
			gauge(meters, rows, "missing", Audit::missingCount);
			gauge(meters, rows, "changed", Audit::changedCount);
			gauge(meters, rows, "unknown", Audit::unknownCount);
			Gauge
				.builder("clipvault.audit.ended", rows,
						(known) -> known.last()
							.map(Audit::endedAt)
							.map((at) -> (double) at.getEpochSecond())
							.orElse(Double.NaN))
				.description("When the last audit of all jobs was completed")
				.baseUnit("seconds")
				.register(meters);
		};
	}

	private static void gauge(MeterRegistry meters, AuditRows rows, String kind, ToLongFunction<Audit> count) {
		Gauge
			.builder("clipvault.audit.findings", rows,
					(known) -> known.last().map((audit) -> (double) count.applyAsLong(audit)).orElse(Double.NaN))
			.description("The objects that the last audit of all jobs found missing, changed or unknown")
			.tag("kind", kind)
			.register(meters);
	}

	/** Begins only after a while, so that a restart does not audit at once. */
	private record After(Duration delay) implements Schedule {

		@Override
		public Instant getInitialExecutionTime(Instant now) {
			return now.plus(this.delay);
		}

		@Override
		public Instant getNextExecutionTime(ExecutionComplete complete) {
			return complete.getTimeDone().plus(this.delay);
		}

		@Override
		public boolean isDeterministic() {
			return false;
		}

	}

}
