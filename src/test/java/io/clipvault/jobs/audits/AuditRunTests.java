package io.clipvault.jobs.audits;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

import com.github.kagkarlsson.scheduler.ScheduledExecutionsFilter;
import com.github.kagkarlsson.scheduler.task.OnStartup;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.testhelper.ManualScheduler;
import com.github.kagkarlsson.scheduler.testhelper.SettableClock;
import com.github.kagkarlsson.scheduler.testhelper.TestHelper;
import com.zaxxer.hikari.HikariDataSource;
import io.clipvault.kit.MutableClock;
import io.clipvault.kit.TestDatabase;
import io.clipvault.layouts.JobId;
import io.clipvault.storage.StoreFailure;
import io.clipvault.webhooks.Deliveries;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.contains;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.ArgumentMatchers.isNull;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.mock;

/** How audits begin, go on and end, on both databases, without a store. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class AuditRunTests {

	private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

	private static final Duration EVERY = Duration.ofDays(7);

	@SuppressWarnings("NullAway.Init") // Opened before the class.
	private static HikariDataSource dataSource;

	private final MutableClock clock = new MutableClock(NOW);

	private final SettableClock schedulerClock = new SettableClock();

	private final JdbcClient database = JdbcClient.create(dataSource);

	private final JobComparison jobs = mock();

	private final UnknownObjects bucket = mock();

	private final Deliveries deliveries = mock();

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	private final AuditRows rows = new AuditRows(this.database, TransactionOperations.withoutTransaction(), this.clock);

	private final AuditEnds ends = new AuditEnds(this.rows, this.deliveries,
			JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build(),
			TransactionOperations.withoutTransaction(), this.meters);

	private final AuditRun run = new AuditRun(this.rows, this.jobs, this.bucket, this.ends, this.clock);

	/** Takes the kind of database, which JUnit passes to {@link #open} only then. */
	AuditRunTests(TestDatabase kind) {
		this.schedulerClock.set(NOW);
		given(this.jobs.after(anyString())).willReturn(Optional.empty());
		given(this.bucket.page(anyString())).willReturn(new UnknownObjects.Page(List.of(), null));
	}

	@BeforeParameterizedClassInvocation
	static void open(TestDatabase kind) {
		dataSource = kind.open();
	}

	@AfterParameterizedClassInvocation
	static void close() {
		dataSource.close();
	}

	@AfterEach
	void clear() {
		List.of("audit", "audit_finding", "scheduled_tasks")
			.forEach((table) -> this.database.sql("DELETE FROM " + table).update());
	}

	private String begin() {
		this.clock.advance(Duration.ofSeconds(1));
		return this.rows.begin(null, false).orElseThrow();
	}

	private Optional<Duration> work(String id) {
		return this.run.work(id, () -> false);
	}

	private Audit find(String id) {
		return this.rows.find(id).orElseThrow();
	}

	private static StoreFailure failure(boolean permanent) {
		StoreFailure failure = mock();
		given(failure.permanent()).willReturn(permanent);
		given(failure.detail()).willReturn("The store said no.");
		return failure;
	}

	@Test
	void beginWhenOneIsRunningGivesNone() {
		String first = begin();
		assertThat(this.rows.begin(new JobId("talk"), true)).isEmpty();
		assertThat(work(first)).isEmpty();
		assertThat(this.rows.begin(new JobId("talk"), true)).isPresent();
	}

	@Test
	void workWhenThereAreManyUnknownObjectsCountsAllAndKeepsTheFirst() {
		List<Finding> thousand = findings(0, 1000);
		List<Finding> more = findings(1000, 1500);
		given(this.bucket.page("")).willReturn(new UnknownObjects.Page(thousand, "k0999"));
		given(this.bucket.page("k0999")).willReturn(new UnknownObjects.Page(more, null));
		String id = begin();
		assertThat(work(id)).isEmpty();
		assertThat(find(id).unknownCount()).isEqualTo(1500);
		assertThat(this.rows.findings(id).get(Finding.Kind.UNKNOWN)).isEqualTo(thousand);
	}

	private static List<Finding> findings(int from, int to) {
		return IntStream.range(from, to).mapToObj((number) -> new Finding(null, "k%04d".formatted(number))).toList();
	}

	@Test
	void endTellsTheWebhookAndTheMetrics() {
		String id = begin();
		work(id);
		then(this.deliveries).should().enqueue(eq("audits/" + id), isNull(), contains("\"event\":\"audit.completed\""));
		assertThat(this.meters.get("clipvault.audits").tag("outcome", "completed").counter().count()).isOne();
		new AuditTasks().auditMeters(this.rows).bindTo(this.meters);
		assertThat(this.meters.get("clipvault.audit.findings").tag("kind", "missing").gauge().value()).isZero();
		assertThat(this.meters.get("clipvault.audit.ended").gauge().value())
			.isEqualTo((double) this.clock.instant().getEpochSecond());
	}

	@Test
	void workWhenTheStoreRefusesFailsAndTellsWhy() {
		StoreFailure refusal = failure(true);
		willThrow(refusal).given(this.bucket).requireExistence();
		String id = begin();
		assertThat(work(id)).isEmpty();
		assertThat(find(id).state()).isEqualTo(Audit.State.FAILED);
		assertThat(find(id).error()).isEqualTo("The store said no.");
		then(this.deliveries).should().enqueue(eq("audits/" + id), isNull(), contains("\"event\":\"audit.failed\""));
	}

	@Test
	void workWhenTheStoreIsAwayGoesOnLaterAndGivesUpAfterAnHourWithoutProgress() {
		StoreFailure away = failure(false);
		willThrow(away).given(this.bucket).requireExistence();
		String id = begin();
		for (int count = 0; count < AuditRun.MOST_STALLS; count++) {
			assertThat(work(id)).hasValue(AuditRun.STALL_DELAY);
		}
		assertThat(work(id)).isEmpty();
		assertThat(find(id).state()).isEqualTo(Audit.State.FAILED);
	}

	@Test
	void workWhenTheDatabaseGivesNoTransactionLeavesTheAuditToTheSchedulersRetry() {
		TransactionOperations transactions = mock();
		given(transactions.execute(any())).willThrow(new CannotCreateTransactionException("no connection"));
		AuditRun stalled = new AuditRun(new AuditRows(this.database, transactions, this.clock), this.jobs, this.bucket,
				this.ends, this.clock);
		String id = begin();
		assertThatExceptionOfType(CannotCreateTransactionException.class)
			.isThrownBy(() -> stalled.work(id, () -> false));
		assertThat(find(id).state()).isEqualTo(Audit.State.RUNNING);
	}

	@Test
	void recordWhenAnotherProcessHasGoneOnWritesNothing() {
		begin();
		AuditStep.Running frozen = this.rows.running().orElseThrow();
		AuditStep step = new AuditStep(1, 0, Map.of(Finding.Kind.MISSING, findings(0, 1)),
				new AuditStep.Position("talk", null));
		assertThat(this.rows.record(frozen, step)).isTrue();
		assertThat(this.rows.record(frozen, step)).isFalse();
		assertThat(find(frozen.id()).jobs()).isOne();
		assertThat(find(frozen.id()).missingCount()).isOne();
	}

	@Test
	void endWhenThereAreManyAuditsForgetsTheOldestAndWhatTheyFound() {
		given(this.bucket.page(anyString())).willReturn(new UnknownObjects.Page(findings(0, 1), null));
		String first = begin();
		work(first);
		for (int count = 0; count < AuditRows.KEPT_AUDITS; count++) {
			work(begin());
		}
		assertThat(this.rows.find(first)).isEmpty();
		assertThat(this.rows.page(null, 500)).hasSize(AuditRows.KEPT_AUDITS);
		assertThat(this.database.sql("SELECT COUNT(*) FROM audit_finding").query(Integer.class).single())
			.isEqualTo(AuditRows.KEPT_AUDITS);
	}

	@Test
	void endWhenAllOthersBeganLaterByAClockThatWasAheadEnds() {
		this.clock.advance(Duration.ofHours(2));
		for (int count = 0; count < AuditRows.KEPT_AUDITS; count++) {
			work(begin());
		}
		this.clock.advance(Duration.ofHours(-2));
		String id = begin();
		assertThat(work(id)).isEmpty();
		assertThat(find(id).state()).isEqualTo(Audit.State.COMPLETED);
	}

	@Test
	void scheduleBeginsAnAuditAfterEachInterval() {
		ManualScheduler scheduler = scheduler(EVERY);
		scheduler.start();
		scheduler.runAnyDueExecutions();
		assertThat(this.rows.page(null, 9)).isEmpty();
		for (int count = 1; count <= 2; count++) {
			this.clock.advance(EVERY);
			scheduler.tick(EVERY);
			scheduler.runAnyDueExecutions();
			scheduler.runAnyDueExecutions();
			assertThat(this.rows.page(null, 9)).hasSize(count)
				.allMatch((audit) -> audit.state() == Audit.State.COMPLETED);
		}
		ManualScheduler off = scheduler(Duration.ZERO);
		this.clock.advance(EVERY);
		off.tick(EVERY);
		off.runAnyDueExecutions();
		assertThat(this.rows.page(null, 9)).hasSize(2);
		assertThat(off.getScheduledExecutions(ScheduledExecutionsFilter.all())).isEmpty();
	}

	private ManualScheduler scheduler(Duration every) {
		AuditTasks tasks = new AuditTasks();
		AuditStart start = new AuditStart(this.rows, TransactionOperations.withoutTransaction(), this.clock);
		Task<Void> begin = tasks.beginAuditTask(start, new AuditSettings(every, false));
		return started(TestHelper.createManualScheduler(dataSource, tasks.auditTask(this.run)), begin)
			.clock(this.schedulerClock)
			.build();
	}

	@SuppressWarnings("unchecked")
	private static <T extends Task<?> & OnStartup> TestHelper.ManualSchedulerBuilder started(
			TestHelper.ManualSchedulerBuilder scheduler, Task<Void> task) {
		return scheduler.startTasks(List.of((T) task));
	}

}
