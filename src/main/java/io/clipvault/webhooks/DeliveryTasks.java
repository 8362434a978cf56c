package io.clipvault.webhooks;

import java.time.Duration;

import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;

import org.springframework.stereotype.Component;

/** The tasks that db-scheduler runs for webhooks; every replica knows them. */
@Component
class DeliveryTasks {

	/** Apart from the table of the uploads: see {@link DeliverySchedule}. */
	static final String TABLE = "webhook_schedule";

	static final String DELIVER = "deliver-webhook";

	private static final Duration AFTER_A_DATABASE_FAILURE = Duration.ofSeconds(10);

	private static final Duration DELETE_OLD = Duration.ofDays(1);

	private final Courier courier;

	private final DeliveryRows rows;

	DeliveryTasks(Courier courier, DeliveryRows rows) {
		this.courier = courier;
		this.rows = rows;
	}

	/** The task instance of a delivery has the delivery's id. */
	static TaskInstance<Void> instance(String delivery) {
		return new TaskInstance<>(DELIVER, delivery);
	}

	Task<Void> deliver() {
		return Tasks.custom(DELIVER, Void.class)
			.onDeadExecutionRevive()
			// Only the database can fail here; the attempt may have been sent.
			.onFailure(new FailureHandler.OnFailureRetryLater<>(AFTER_A_DATABASE_FAILURE))
			.execute((instance, context) -> this.courier.deliver(instance.getId()));
	}

	RecurringTask<Void> deleteOld() {
		return Tasks.recurring("delete-old-deliveries", FixedDelay.of(DELETE_OLD))
			.execute((instance, context) -> this.rows.deleteOld());
	}

}
