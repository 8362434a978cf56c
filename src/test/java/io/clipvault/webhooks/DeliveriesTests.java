package io.clipvault.webhooks;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import com.github.kagkarlsson.scheduler.testhelper.ManualScheduler;
import com.github.kagkarlsson.scheduler.testhelper.SettableClock;
import com.github.kagkarlsson.scheduler.testhelper.TestHelper;
import com.zaxxer.hikari.HikariDataSource;
import io.clipvault.kit.MutableClock;
import io.clipvault.kit.TestDatabase;
import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

@ParameterizedClass
@EnumSource(TestDatabase.class)
class DeliveriesTests {

	private static final WebhookSettings NOBODY = new WebhookSettings(null, null, true);

	private static final WebhookTarget TARGET = new WebhookTarget("https://example.org/", "hush");

	private static final Duration HEARTBEAT = Duration.ofSeconds(5);

	/** A manual scheduler takes an execution for dead after six missed heartbeats. */
	private static final Duration DEAD = HEARTBEAT.multipliedBy(6);

	/** Far ahead: db-scheduler revives dead executions at the time of the machine. */
	private final MutableClock clock = new MutableClock(Instant.parse("2100-01-01T00:00:00Z"));

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	private final Receiver receiver = new Receiver();

	private final WebhookTarget here = new WebhookTarget(this.receiver.url(), "hush");

	@Parameter
	@SuppressWarnings("NullAway.Init")
	TestDatabase kind;

	@SuppressWarnings("NullAway.Init")
	private HikariDataSource database;

	@SuppressWarnings("NullAway.Init")
	private WebhookClient client;

	@SuppressWarnings("NullAway.Init")
	private DeliveryRows rows;

	@SuppressWarnings("NullAway.Init")
	private ManualScheduler scheduler;

	@SuppressWarnings("NullAway.Init")
	private Deliveries deliveries;

	@BeforeEach
	void open() {
		this.database = this.kind.open();
		this.client = new WebhookClient(SystemDefaultDnsResolver.INSTANCE, this.clock, WebhookClient.DEADLINE);
		this.rows = new DeliveryRows(JdbcClient.create(this.database), this.clock);
		this.scheduler = worker();
		this.deliveries = deliveries(NOBODY);
	}

	@AfterEach
	void close() {
		this.receiver.close();
		this.client.destroy();
		this.database.close();
	}

	@Test
	void enqueueWhenTheTransactionRollsBackLeavesNothing() {
		transaction().executeWithoutResult((status) -> {
			this.deliveries.enqueue("job", this.here, "{}");
			status.setRollbackOnly();
		});
		assertThat(this.deliveries.last("job")).isEmpty();
		assertThat(scheduled()).isEmpty();
		this.scheduler.runAnyDueExecutions();
		assertThat(this.receiver.calls).isEmpty();

		transaction().executeWithoutResult((status) -> this.deliveries.enqueue("job", this.here, "{}"));
		assertThat(this.deliveries.last("job")).isPresent();
		this.scheduler.runAnyDueExecutions();
		assertThat(this.receiver.calls).hasSize(1);
	}

	@Test
	void enqueueWhenItCannotBeScheduledLeavesNothing() {
		JdbcClient.create(this.database).sql("DROP TABLE webhook_schedule").update();
		assertThatExceptionOfType(RuntimeException.class)
			.isThrownBy(() -> this.deliveries.enqueue("job", TARGET, "{}"));
		assertThat(this.deliveries.last("job")).isEmpty();
	}

	@Test
	void enqueueWhenNobodyIsNamedTakesTheTargetOfTheSettingsOrNone() {
		this.deliveries.enqueue("job", null, "{}");
		assertThat(this.deliveries.last("job")).isEmpty();
		deliveries(new WebhookSettings("https://default.example/", "quiet", false)).enqueue("job", null, "{}");
		assertThat(scheduled()).singleElement()
			.satisfies((id) -> assertThat(this.rows.begin(id).orElseThrow().target())
				.isEqualTo(new WebhookTarget("https://default.example/", "quiet")));
	}

	@Test
	void requireRoomWhenSoManyWaitForAHostRefusesThatHostOnAnyPort() {
		waiting(Deliveries.MOST_FOR_A_HOST - 1, "example.org", 1);
		this.deliveries.requireRoom(TARGET);
		this.deliveries.enqueue("job", TARGET, "{}");
		for (String url : List.of("https://example.org/", "https://EXAMPLE.org:8443/other")) {
			assertThatExceptionOfType(Problem.class)
				.isThrownBy(() -> this.deliveries.requireRoom(new WebhookTarget(url, "hush")))
				.withMessageStartingWith("1,000 webhooks to example.org are waiting already")
				.satisfies((busy) -> assertThat(busy.type()).isEqualTo(ProblemType.WEBHOOKS_BUSY));
		}
		this.deliveries.requireRoom(this.here);
		this.deliveries.requireRoom(null);
		JdbcClient.create(this.database).sql("UPDATE webhook_delivery SET status = 'failed' WHERE id = 'w1'").update();
		this.deliveries.requireRoom(TARGET);
	}

	@Test
	void requireRoomWhenSoManyWaitForAllHostsRefusesEveryHost() {
		waiting(Deliveries.MOST - 1, "host", 100);
		this.deliveries.requireRoom(TARGET);
		this.deliveries.enqueue("job", TARGET, "{}");
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> this.deliveries.requireRoom(this.here))
			.withMessageStartingWith("10,000 webhooks are waiting already");
		this.deliveries.requireRoom(null);
	}

	@Test
	void enqueueWhenSoManyWaitForTheReceiverOfTheSettingsAddsNone() {
		waiting(Deliveries.MOST - 1, "default.example", 1);
		Deliveries byDefault = deliveries(new WebhookSettings("https://default.example/", "quiet", false));
		byDefault.enqueue("last", null, "{}");
		byDefault.enqueue("too many", null, "{}");
		assertThat(this.deliveries.last("last")).isPresent();
		assertThat(this.deliveries.last("too many")).isEmpty();
	}

	/** Deliveries that wait for this host, or for so many with this prefix. */
	private void waiting(int count, String host, int hosts) {
		JdbcClient.create(this.database)
			.sql("""
					INSERT INTO webhook_delivery (id, subject, url, host, secret, body, status, attempts, changed_at)
					WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :count)
					SELECT 'w' || i, 'waiting', 'https://example.org/',
						CASE WHEN :hosts = 1 THEN :host ELSE :host || (i % :hosts) END, 'hush', '{}', 'pending', 0, 0 FROM n""")
			.param("count", count)
			.param("host", host)
			.param("hosts", hosts)
			.update();
	}

	@Test
	void scheduleWhenManyWorkersAskAtOnceGivesEachDeliveryToOne() throws Exception {
		IntStream.range(0, 40).forEach((number) -> this.deliveries.enqueue("job-" + number, this.here, "{}"));
		try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
			List<Callable<Void>> runs = IntStream.range(0, 8)
				.mapToObj((number) -> worker())
				.<Callable<Void>>map((worker) -> () -> {
					worker.runAnyDueExecutions();
					return null;
				})
				.toList();
			for (Future<Void> run : workers.invokeAll(runs)) {
				run.get();
			}
		}
		assertThat(this.receiver.calls).hasSize(40)
			.extracting((call) -> call.headers().getFirst("Clipvault-Delivery"))
			.doesNotHaveDuplicates();
		assertThat(scheduled()).isEmpty();
	}

	@Test
	void recordWhenTheWorkerIsTakenForDeadAndAnotherTookOverWritesNothing() {
		this.deliveries.enqueue("job", this.here, "{}");
		Delivery frozen = this.rows.begin(scheduled().getFirst()).orElseThrow();
		pickedByAnother();
		this.clock.advance(DEAD.minusMillis(1));
		this.scheduler.runDeadExecutionDetection();
		this.scheduler.runAnyDueExecutions();
		assertThat(this.receiver.calls).isEmpty();

		this.clock.advance(Duration.ofMillis(2));
		this.scheduler.runDeadExecutionDetection();
		Delivery second = this.rows.begin(frozen.id()).orElseThrow();
		assertThat(second.attempts()).isEqualTo(2);
		assertThat(this.rows.record(frozen, new Attempt.Refused("late"))).isFalse();
		assertThat(this.rows.record(second, new Attempt.Taken())).isTrue();
		assertThat(this.deliveries.last("job")).get()
			.isEqualTo(new DeliveryOutcome(DeliveryOutcome.Status.DELIVERED, 2, null, this.clock.instant()));
	}

	@Test
	void deliverWhenItsWorkerDiedIsMadeByAnother() {
		this.deliveries.enqueue("job", this.here, "{}");
		String id = scheduled().getFirst();
		this.rows.begin(id);
		pickedByAnother();
		this.clock.advance(DEAD.plusMillis(1));
		this.scheduler.runDeadExecutionDetection();
		this.scheduler.runAnyDueExecutions();
		assertThat(this.receiver.calls).hasSize(1);
		assertThat(this.deliveries.last("job")).get()
			.isEqualTo(new DeliveryOutcome(DeliveryOutcome.Status.DELIVERED, 2, null, this.clock.instant()));
		assertThat(scheduled()).isEmpty();
	}

	@Test
	void deliverWhenAnotherTookOverLeavesItsScheduleEntryAlone() {
		this.deliveries.enqueue("job", this.here, "{}");
		String id = scheduled().getFirst();
		// The second worker begins while the first is sending.
		this.receiver.beforeAnswer(() -> this.rows.begin(id));
		this.scheduler.runAnyDueExecutions();
		assertThat(this.deliveries.last("job")).get()
			.isEqualTo(new DeliveryOutcome(DeliveryOutcome.Status.PENDING, 2, null, this.clock.instant()));
		assertThat(scheduled()).containsExactly(id);
	}

	@Test
	void deliverWhenOneReceiverHangsLeavesTheOthersTheirThreads() throws Exception {
		CountDownLatch hanging = new CountDownLatch(Courier.MOST_PER_HOST);
		CountDownLatch released = new CountDownLatch(1);
		this.receiver.beforeAnswer(() -> {
			hanging.countDown();
			try {
				released.await();
			}
			catch (InterruptedException stopped) {
				Thread.currentThread().interrupt();
			}
		});
		Courier courier = new Courier(this.rows, this.client, this.meters, this.clock);
		try (Receiver other = new Receiver(); ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			IntStream.range(0, Courier.MOST_PER_HOST).forEach((number) -> {
				this.rows.insert("held-" + number, "job", this.here, "{}");
				threads.execute(() -> courier.deliver("held-" + number));
			});
			assertThat(hanging.await(10, TimeUnit.SECONDS)).isTrue();
			this.rows.insert("late", "late", this.here, "{}");
			courier.deliver("late");
			assertThat(this.rows.last("late").orElseThrow().attempts()).isZero();
			this.rows.insert("other", "other", new WebhookTarget(other.url(), "hush"), "{}");
			courier.deliver("other");
			assertThat(this.rows.last("other").orElseThrow().status()).isEqualTo(DeliveryOutcome.Status.DELIVERED);
			released.countDown();
		}
		courier.deliver("late");
		assertThat(this.rows.last("late").orElseThrow().status()).isEqualTo(DeliveryOutcome.Status.DELIVERED);
	}

	@Test
	void deliverWhenTheReceiverHangsForGoodCountsWhatIsNotSentSoThatItEnds() throws Exception {
		Semaphore hanging = new Semaphore(0);
		CountDownLatch released = new CountDownLatch(1);
		Attempt missed = new Attempt.Missed("It did not answer.");
		WebhookClient hangs = mock();
		given(hangs.send(any())).willAnswer((call) -> {
			if (!call.getArgument(0, Delivery.class).id().equals("first")) {
				hanging.release();
				released.await();
			}
			return missed;
		});
		Courier courier = new Courier(this.rows, hangs, this.meters, this.clock);
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			for (int number = 1; number <= Courier.MOST_PER_HOST; number++) {
				String id = "held-" + number;
				this.rows.insert(id, "job", this.here, "{}");
				if (number == Courier.MOST_PER_HOST) {
					this.rows.insert("first", "first", this.here, "{}");
					courier.deliver("first");
				}
				threads.execute(() -> courier.deliver(id));
				assertThat(hanging.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
			}
			this.rows.insert("late", "late", this.here, "{}");
			for (int attempt = 1; attempt <= Delivery.MOST_ATTEMPTS; attempt++) {
				assertThat(this.rows.last("late").orElseThrow().status()).isEqualTo(DeliveryOutcome.Status.PENDING);
				courier.deliver("late");
			}
			released.countDown();
		}
		DeliveryOutcome end = this.rows.last("late").orElseThrow();
		assertThat(end.status()).isEqualTo(DeliveryOutcome.Status.FAILED);
		assertThat(end.lastError()).contains("It was not sent, because earlier attempts");
	}

	@Test
	void deliverWhenEveryAttemptMissesTriesForHoursAndThenGivesUp() {
		this.receiver.answering(500);
		this.deliveries.enqueue("job", this.here, "{}");
		Instant start = this.clock.instant();
		for (int attempt = 1; attempt <= Delivery.MOST_ATTEMPTS; attempt++) {
			this.scheduler.runAnyDueExecutions();
			assertThat(this.receiver.calls).hasSize(attempt);
			this.scheduler.runAnyDueExecutions();
			assertThat(this.receiver.calls).hasSize(attempt);
			if (attempt < Delivery.MOST_ATTEMPTS) {
				assertThat(this.deliveries.last("job")).get()
					.isEqualTo(new DeliveryOutcome(DeliveryOutcome.Status.PENDING, attempt,
							"The receiver answered 500.", this.clock.instant()));
				this.clock.advance(Duration.ofMillis(Math.round(1.2 * Math.min(3_600_000, 10_000L << (attempt - 1)))));
			}
		}
		assertThat(Duration.between(start, this.clock.instant())).isBetween(Duration.ofHours(4), Duration.ofHours(12));
		DeliveryOutcome end = this.deliveries.last("job").orElseThrow();
		assertThat(end.status()).isEqualTo(DeliveryOutcome.Status.FAILED);
		assertThat(end.lastError()).isEqualTo("The receiver answered 500. It was tried 14 times and is given up.");
		this.clock.advance(Duration.ofDays(1));
		this.scheduler.runAnyDueExecutions();
		assertThat(this.receiver.calls).hasSize(Delivery.MOST_ATTEMPTS);
		assertThat(scheduled()).isEmpty();
	}

	@Test
	void enqueueWhenAnEarlierEventOfTheSubjectIsStillTriedGivesItUp() {
		this.receiver.answering(503);
		this.deliveries.enqueue("job", this.here, "\"failed\"");
		this.deliveries.enqueue("other", this.here, "\"failed\"");
		this.scheduler.runAnyDueExecutions();
		this.receiver.answering(200);
		this.deliveries.enqueue("job", this.here, "\"completed\"");
		for (int attempt = 0; attempt < 2; attempt++) {
			this.scheduler.runAnyDueExecutions();
			this.clock.advance(Duration.ofSeconds(12));
		}
		assertThat(this.receiver.calls).extracting(Receiver.Call::body)
			.containsExactlyInAnyOrder("\"failed\"", "\"failed\"", "\"completed\"", "\"failed\"");
		assertThat(this.deliveries.last("other").orElseThrow().status()).isEqualTo(DeliveryOutcome.Status.DELIVERED);
		assertThat(scheduled()).isEmpty();
		assertThat(
				JdbcClient.create(this.database).sql("SELECT secret FROM webhook_delivery").query(String.class).list())
			.containsOnly("");
	}

	@Test
	void deliverWhenTheClockWasSetBackWaitsForItsDelayOnly() {
		this.receiver.answering(503);
		this.deliveries.enqueue("job", this.here, "{}");
		this.scheduler.runAnyDueExecutions();
		this.receiver.answering(200);
		this.clock.advance(Duration.ofHours(-1));
		this.rows.bringForward();
		this.scheduler.runAnyDueExecutions();
		assertThat(this.receiver.calls).hasSize(1);
		this.clock.advance(Duration.ofHours(-23));
		this.rows.bringForward();
		this.scheduler.runAnyDueExecutions();
		assertThat(this.receiver.calls).hasSize(2);
		assertThat(scheduled()).isEmpty();
	}

	@Test
	void lastWhenSubjectHasSeveralDeliveriesTellsTheNewest() {
		this.deliveries.enqueue("job", TARGET, "{}");
		this.rows.record(this.rows.begin(scheduled().getFirst()).orElseThrow(), new Attempt.Refused("gone"));
		this.deliveries.enqueue("job", TARGET, "{}");
		assertThat(this.deliveries.last("job")).get()
			.extracting(DeliveryOutcome::status)
			.isEqualTo(DeliveryOutcome.Status.PENDING);
	}

	@Test
	void recordWhenDeliveryHasEndedForgetsTheSecretAtOnceAndTheRowAfterThirtyDays() {
		this.scheduler.start();
		this.scheduler.runAnyDueExecutions();
		this.deliveries.enqueue("job", this.here, "{}");
		this.scheduler.runAnyDueExecutions();
		assertThat(JdbcClient.create(this.database)
			.sql("SELECT secret FROM webhook_delivery")
			.query(String.class)
			.single()).isEmpty();
		this.clock.advance(DeliveryRows.KEPT);
		this.scheduler.runAnyDueExecutions();
		assertThat(this.deliveries.last("job")).isPresent();
		this.clock.advance(Duration.ofMillis(1));
		this.scheduler.runAnyDueExecutions();
		assertThat(this.deliveries.last("job")).isPresent();
		this.clock.advance(Duration.ofDays(1));
		this.scheduler.runAnyDueExecutions();
		assertThat(this.deliveries.last("job")).isEmpty();
	}

	@Test
	void deleteOldDeletesWhatEndedMoreThanThirtyDaysAgo() {
		this.deliveries.enqueue("job", TARGET, "{}");
		this.rows.record(this.rows.begin(scheduled().getFirst()).orElseThrow(), new Attempt.Taken());
		this.deliveries.enqueue("pending", TARGET, "{}");
		this.clock.advance(DeliveryRows.KEPT);
		assertThat(this.rows.deleteOld()).isZero();
		this.clock.advance(Duration.ofMillis(1));
		assertThat(this.rows.deleteOld()).isOne();
		assertThat(this.deliveries.last("pending")).isPresent();
	}

	@Test
	void delayDoublesToAnHourAndVariesByAFifth() {
		assertThat(Delivery.delay(1)).isBetween(Duration.ofSeconds(8), Duration.ofSeconds(12));
		assertThat(Delivery.delay(4)).isBetween(Duration.ofSeconds(64), Duration.ofSeconds(96));
		assertThat(Delivery.delay(1000)).isBetween(Duration.ofMinutes(48), Duration.ofMinutes(72));
		assertThat(IntStream.range(0, 50).mapToObj((number) -> Delivery.delay(1)).distinct()).hasSizeGreaterThan(1);
	}

	@Test
	void deliverWhenReceiverFailsFirstIsHeardLaterUnderTheSameDeliveryId() {
		this.receiver.answering(503);
		this.deliveries.enqueue("job", this.here, "{\"a\":1}");
		this.scheduler.runAnyDueExecutions();
		assertThat(this.deliveries.last("job").orElseThrow().lastError()).isNotNull();
		this.receiver.answering(200);
		this.scheduler.runAnyDueExecutions();
		assertThat(this.receiver.calls).hasSize(1);
		this.clock.advance(Duration.ofSeconds(12));
		this.scheduler.runAnyDueExecutions();
		assertThat(this.deliveries.last("job").orElseThrow().status()).isEqualTo(DeliveryOutcome.Status.DELIVERED);
		assertThat(this.receiver.calls).hasSize(2)
			.extracting((call) -> call.headers().getFirst("Clipvault-Delivery"))
			.containsOnly(this.receiver.calls.getFirst().headers().getFirst("Clipvault-Delivery"));
		assertThat(this.meters.counter("clipvault.webhook.attempts", "outcome", "delivered").count()).isOne();
	}

	private Deliveries deliveries(WebhookSettings settings) {
		return new Deliveries(this.rows, new DeliverySchedule(this.scheduler, this.clock), settings, transaction());
	}

	private TransactionTemplate transaction() {
		return new TransactionTemplate(new JdbcTransactionManager(this.database));
	}

	/** A scheduler that works when the test tells it, by the test's clock. */
	private ManualScheduler worker() {
		DeliveryTasks tasks = new DeliveryTasks(new Courier(this.rows, this.client, this.meters, this.clock),
				this.rows);
		TestHelper.ManualSchedulerBuilder builder = TestHelper
			.createManualScheduler(new TransactionAwareDataSourceProxy(this.database), tasks.deliver())
			.clock(new SettableClock() {
				@Override
				public Instant now() {
					return DeliveriesTests.this.clock.instant();
				}
			});
		builder.startTasks(tasks.deleteOld()).tableName(DeliveryTasks.TABLE).threads(40).heartbeatInterval(HEARTBEAT);
		if (this.kind == TestDatabase.POSTGRESQL) {
			builder.pollUsingLockAndFetch(0.5, 1);
		}
		builder.alwaysPersistTimestampInUTC();
		return builder.build();
	}

	/** As a worker does that then freezes or dies. */
	private void pickedByAnother() {
		JdbcClient.create(this.database).sql("""
				UPDATE webhook_schedule SET picked = TRUE, picked_by = 'another', last_heartbeat = ?,
					version = version + 1""").param(Timestamp.from(this.clock.instant())).update();
	}

	private List<String> scheduled() {
		return JdbcClient.create(this.database)
			.sql("SELECT task_instance FROM webhook_schedule WHERE task_name = 'deliver-webhook'")
			.query((row, number) -> row.getString("task_instance"))
			.list();
	}

}
