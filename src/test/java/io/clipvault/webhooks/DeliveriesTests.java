package io.clipvault.webhooks;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import com.zaxxer.hikari.HikariDataSource;
import io.clipvault.kit.MutableClock;
import io.clipvault.kit.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@ParameterizedClass
@EnumSource(TestDatabase.class)
class DeliveriesTests {

	private static final WebhookSettings NOBODY = new WebhookSettings(null, null, true);

	private static final WebhookTarget TARGET = new WebhookTarget("https://example.org/", "hush");

	private final MutableClock clock = new MutableClock(Instant.parse("2026-01-01T00:00:00Z"));

	@Parameter
	@SuppressWarnings("NullAway.Init")
	TestDatabase kind;

	@SuppressWarnings("NullAway.Init")
	private HikariDataSource database;

	@SuppressWarnings("NullAway.Init")
	private Deliveries deliveries;

	@BeforeEach
	void open() {
		this.database = this.kind.open();
		this.deliveries = deliveries(NOBODY);
	}

	@AfterEach
	void close() {
		this.database.close();
	}

	@Test
	void enqueueWhenTheTransactionRollsBackLeavesNothing() {
		TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(this.database));
		transaction.executeWithoutResult((status) -> {
			this.deliveries.enqueue("job", TARGET, "{}");
			status.setRollbackOnly();
		});
		assertThat(this.deliveries.last("job")).isEmpty();
		transaction.executeWithoutResult((status) -> this.deliveries.enqueue("job", TARGET, "{}"));
		assertThat(this.deliveries.last("job")).isPresent();
	}

	@Test
	void enqueueWhenNobodyIsNamedTakesTheTargetOfTheSettingsOrNone() {
		this.deliveries.enqueue("job", null, "{}");
		assertThat(this.deliveries.last("job")).isEmpty();
		deliveries(new WebhookSettings("https://default.example/", "quiet", false)).enqueue("job", null, "{}");
		assertThat(this.deliveries.claim(5)).singleElement()
			.satisfies((delivery) -> assertThat(delivery.target())
				.isEqualTo(new WebhookTarget("https://default.example/", "quiet")));
	}

	@Test
	void claimWhenManyAskAtOnceGivesEachDeliveryToOne() throws Exception {
		IntStream.range(0, 40).forEach((number) -> this.deliveries.enqueue("job-" + number, TARGET, "{}"));
		try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
			List<Callable<List<Delivery>>> claims = IntStream.range(0, 8)
				.<Callable<List<Delivery>>>mapToObj((number) -> () -> this.deliveries.claim(40))
				.toList();
			int claimed = 0;
			for (Future<List<Delivery>> claim : workers.invokeAll(claims)) {
				claimed += claim.get().size();
			}
			assertThat(claimed).isEqualTo(40);
		}
	}

	@Test
	void recordWhenTheLeaseIsOverAndAnotherTookItWritesNothing() {
		this.deliveries.enqueue("job", TARGET, "{}");
		Delivery frozen = this.deliveries.claim(1).getFirst();
		this.clock.advance(Deliveries.LEASE.minusMillis(1));
		assertThat(this.deliveries.claim(1)).isEmpty();
		this.clock.advance(Duration.ofMillis(1));
		Delivery second = this.deliveries.claim(1).getFirst();
		assertThat(second.id()).isEqualTo(frozen.id());
		assertThat(second.attempts()).isEqualTo(2);
		assertThat(this.deliveries.record(frozen, new Attempt.Refused("late"))).isFalse();
		assertThat(this.deliveries.record(second, new Attempt.Taken())).isTrue();
		assertThat(this.deliveries.last("job")).get()
			.isEqualTo(new DeliveryOutcome(DeliveryOutcome.Status.DELIVERED, 2, null, this.clock.instant()));
	}

	@Test
	void recordWhenEveryAttemptMissesTriesForHoursAndThenGivesUp() {
		this.deliveries.enqueue("job", TARGET, "{}");
		Instant start = this.clock.instant();
		for (int attempt = 1; attempt <= Deliveries.MOST_ATTEMPTS; attempt++) {
			Delivery delivery = this.deliveries.claim(1).getFirst();
			assertThat(this.deliveries.record(delivery, new Attempt.Missed("The receiver answered 500."))).isTrue();
			assertThat(this.deliveries.claim(1)).isEmpty();
			if (attempt < Deliveries.MOST_ATTEMPTS) {
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
		assertThat(this.deliveries.claim(1)).isEmpty();
	}

	@Test
	void lastWhenSubjectHasSeveralDeliveriesTellsTheNewest() {
		this.deliveries.enqueue("job", TARGET, "{}");
		this.deliveries.record(this.deliveries.claim(1).getFirst(), new Attempt.Refused("gone"));
		this.deliveries.enqueue("job", TARGET, "{}");
		assertThat(this.deliveries.last("job")).get()
			.extracting(DeliveryOutcome::status)
			.isEqualTo(DeliveryOutcome.Status.PENDING);
	}

	@Test
	void recordWhenDeliveryHasEndedForgetsTheSecretAtOnceAndTheRowAfterThirtyDays() {
		this.deliveries.enqueue("job", TARGET, "{}");
		this.deliveries.record(this.deliveries.claim(1).getFirst(), new Attempt.Taken());
		assertThat(JdbcClient.create(this.database)
			.sql("SELECT secret FROM webhook_delivery")
			.query(String.class)
			.single()).isEmpty();
		this.clock.advance(Deliveries.KEPT);
		assertThat(this.deliveries.forget()).isZero();
		this.clock.advance(Duration.ofMillis(1));
		assertThat(this.deliveries.forget()).isOne();
	}

	@Test
	void delayDoublesToAnHourAndVariesByAFifth() {
		assertThat(Deliveries.delay(1)).isBetween(Duration.ofSeconds(8), Duration.ofSeconds(12));
		assertThat(Deliveries.delay(4)).isBetween(Duration.ofSeconds(64), Duration.ofSeconds(96));
		assertThat(Deliveries.delay(1000)).isBetween(Duration.ofMinutes(48), Duration.ofMinutes(72));
		assertThat(IntStream.range(0, 50).mapToObj((number) -> Deliveries.delay(1)).distinct()).hasSizeGreaterThan(1);
	}

	@Test
	void bringDueWhenReceiverFailsFirstIsHeardLaterUnderTheSameDeliveryId() {
		SimpleMeterRegistry meters = new SimpleMeterRegistry();
		Courier courier = new Courier(this.deliveries,
				new WebhookClient(SystemDefaultDnsResolver.INSTANCE, this.clock, WebhookClient.DEADLINE), meters);
		try (Receiver receiver = new Receiver().answering(503)) {
			this.deliveries.enqueue("job", new WebhookTarget(receiver.url(), "hush"), "{\"a\":1}");
			courier.bringDue();
			await().until(() -> this.deliveries.last("job").orElseThrow().lastError() != null);
			receiver.answering(200);
			courier.bringDue();
			assertThat(receiver.calls).hasSize(1);
			this.clock.advance(Duration.ofSeconds(12));
			courier.bringDue();
			await().until(() -> this.deliveries.last("job").orElseThrow().status() == DeliveryOutcome.Status.DELIVERED);
			assertThat(receiver.calls).hasSize(2)
				.extracting((call) -> call.headers().getFirst("Clipvault-Delivery"))
				.containsOnly(receiver.calls.getFirst().headers().getFirst("Clipvault-Delivery"));
			assertThat(meters.counter("clipvault.webhook.attempts", "outcome", "delivered").count()).isOne();
		}
		finally {
			courier.destroy();
		}
	}

	private Deliveries deliveries(WebhookSettings settings) {
		return new Deliveries(JdbcClient.create(this.database), settings, this.clock);
	}

}
