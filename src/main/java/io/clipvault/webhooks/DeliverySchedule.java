package io.clipvault.webhooks;

import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;

import javax.sql.DataSource;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.boot.config.DbSchedulerProperties;
import io.clipvault.state.DatabaseKind;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * When each delivery is attempted, kept in the same database. Webhooks have a scheduler,
 * a table and threads of their own: in the schedule of the uploads a delivery would wait
 * until every upload that was posted before it has a thread, and dead receivers would
 * take those threads for 15 seconds each.
 */
@Component
class DeliverySchedule implements DisposableBean {

	private final Scheduler scheduler;

	private final Clock clock;

	@Autowired
	DeliverySchedule(DataSource dataSource, DatabaseKind kind, DbSchedulerProperties settings, DeliveryTasks tasks,
			Clock clock) {
		this(scheduler(dataSource, kind, settings, tasks), clock);
	}

	DeliverySchedule(Scheduler scheduler, Clock clock) {
		this.scheduler = scheduler;
		this.clock = clock;
	}

	private static Scheduler scheduler(DataSource dataSource, DatabaseKind kind, DbSchedulerProperties settings,
			DeliveryTasks tasks) {
		SchedulerBuilder builder = Scheduler.create(new TransactionAwareDataSourceProxy(dataSource), tasks.deliver())
			.startTasks(tasks.deleteOld())
			.tableName(DeliveryTasks.TABLE)
			.schedulerName(new SchedulerName.Fixed(ManagementFactory.getRuntimeMXBean().getName()))
			.threads(WebhookClient.PARALLEL)
			.executorService(Executors.newFixedThreadPool(WebhookClient.PARALLEL,
					Thread.ofVirtual().name("webhook-", 0).factory()))
			.pollingInterval(settings.getPollingInterval())
			.heartbeatInterval(settings.getHeartbeatInterval())
			.missedHeartbeatsLimit(settings.getMissedHeartbeatsLimit())
			.alwaysPersistTimestampInUTC()
			// Longer than an attempt: one that is cut would be made a second time.
			.shutdownMaxWait(WebhookClient.DEADLINE.plus(Duration.ofSeconds(1)));
		if (kind == DatabaseKind.POSTGRESQL) {
			builder.pollUsingLockAndFetch(0.5, 1);
		}
		return builder.build();
	}

	/** Once, and after the migrations; contexts below this one refresh too. */
	@EventListener(ContextRefreshedEvent.class)
	void start() {
		if (!this.scheduler.getSchedulerState().isStarted()) {
			this.scheduler.start();
		}
	}

	/** Makes a delivery due when the caller's transaction commits. */
	void add(String delivery) {
		boolean added = this.scheduler.scheduleIfNotExists(DeliveryTasks.instance(delivery), this.clock.instant());
		if (!added) {
			throw new IllegalStateException("Delivery %s is in the schedule already".formatted(delivery));
		}
		TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
			@Override
			public void afterCommit() {
				// Instead of at the next poll, up to two seconds later.
				DeliverySchedule.this.scheduler.triggerCheckForDueExecutions();
			}
		});
	}

	@Override
	public void destroy() {
		this.scheduler.stop();
	}

}
