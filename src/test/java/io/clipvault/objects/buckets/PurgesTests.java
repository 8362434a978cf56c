package io.clipvault.objects.buckets;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

import com.github.kagkarlsson.scheduler.testhelper.ManualScheduler;
import com.github.kagkarlsson.scheduler.testhelper.SettableClock;
import com.github.kagkarlsson.scheduler.testhelper.TestHelper;
import com.zaxxer.hikari.HikariDataSource;
import io.clipvault.kit.MutableClock;
import io.clipvault.kit.TestDatabase;
import io.clipvault.objects.BucketName;
import io.clipvault.objects.BucketNames;
import io.clipvault.objects.BucketScope;
import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.BDDMockito.willAnswer;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;

/** Purges on both databases, with a scheduler that the tests step. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class PurgesTests {

	private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

	private static final BucketName B = BucketNames.of("b");

	@SuppressWarnings("NullAway.Init") // Opened before the class.
	private static HikariDataSource dataSource;

	private final MutableClock clock = new MutableClock(NOW);

	private final SettableClock schedulerClock = new SettableClock();

	private final BucketContents contents = mock();

	private final BucketDeletion deletion = mock();

	private final JdbcClient database;

	private final PurgeRows rows;

	private final PurgeRun run;

	private final ManualScheduler scheduler;

	private final Purges purges;

	/** Takes the kind of database, which JUnit passes to {@link #open} only then. */
	PurgesTests(TestDatabase kind) {
		this.database = JdbcClient.create(dataSource);
		this.rows = new PurgeRows(this.database, this.clock);
		BucketScope scope = mock();
		given(scope.resolve(any())).willAnswer((call) -> BucketNames.of(call.getArgument(0)));
		this.run = new PurgeRun(this.rows, this.contents, this.deletion, scope, this.clock);
		this.schedulerClock.set(NOW);
		this.scheduler = TestHelper.createManualScheduler(dataSource, new PurgeTasks().purgeTask(this.run))
			.clock(this.schedulerClock)
			.build();
		this.purges = new Purges(this.rows, this.scheduler, TransactionOperations.withoutTransaction(), this.clock);
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
		this.database.sql("delete from bucket_purge").update();
		this.database.sql("delete from scheduled_tasks").update();
	}

	@Test
	void purgeGoesFromBeginToEndAndBeginsAgain() {
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> this.purges.get(B));
		PurgeId purge = this.rows.begin(B).orElseThrow();
		assertThat(this.rows.begin(B)).isEmpty();
		this.rows.addRemoved(purge, 7);
		this.rows.addRemoved(purge, 5);
		assertThat(this.purges.get(B)).isEqualTo(new Purge("b", Purge.State.RUNNING, 12, NOW, NOW, null));
		this.clock.advance(Duration.ofSeconds(1));
		this.rows.end(purge, Purge.State.FAILED, "x".repeat(3000));
		assertThat(this.purges.get(B).error()).hasSize(2000);
		assertThat(this.purges.get(B).updatedAt()).isEqualTo(NOW.plusSeconds(1));
		assertThat(this.rows.begin(B)).isPresent();
		assertThat(this.purges.get(B).removed()).isZero();
	}

	@Test
	void startSchedulesOnePurgeThatIsThenWorkedOnUntilTheBucketIsGone() {
		contentsRemove(5, false);
		assertThat(this.purges.start(B).state()).isEqualTo(Purge.State.RUNNING);
		this.purges.start(B);
		this.scheduler.runAnyDueExecutions();
		assertThat(this.purges.get(B).state()).isEqualTo(Purge.State.RUNNING);
		assertThat(this.purges.get(B).removed()).isEqualTo(5);
		contentsRemove(2, true);
		this.scheduler.runAnyDueExecutions();
		assertThat(this.purges.get(B)).isEqualTo(new Purge("b", Purge.State.COMPLETED, 7, NOW, NOW, null));
		then(this.deletion).should().delete(B);
		assertThat(this.scheduler.getScheduledExecutions()).isEmpty();
	}

	@Test
	void purgeWhenItsProcessDiedGoesOnByItself() {
		contentsRemove(5, false);
		this.purges.start(B);
		this.scheduler.runAnyDueExecutions();
		// What a process leaves behind that is killed while it runs the purge.
		this.database.sql("update scheduled_tasks set picked = true, picked_by = 'dead', last_heartbeat = ?")
			.param(Timestamp.from(NOW))
			.update();
		contentsRemove(2, true);
		this.scheduler.runAnyDueExecutions();
		assertThat(this.purges.get(B).state()).isEqualTo(Purge.State.RUNNING);
		this.clock.advance(Duration.ofDays(1));
		this.scheduler.tick(Duration.ofDays(1));
		assertThat(this.purges.get(B).state()).isEqualTo(Purge.State.RUNNING);
		this.scheduler.runDeadExecutionDetection();
		// db-scheduler revives an execution at the time of the system clock.
		this.scheduler.setTime(Instant.now().plusSeconds(1));
		this.scheduler.runAnyDueExecutions();
		assertThat(this.purges.get(B).state()).isEqualTo(Purge.State.COMPLETED);
		assertThat(this.purges.get(B).removed()).isEqualTo(7);
	}

	@Test
	void purgeWhenItsProcessDiedAfterTheBucketWasDeletedIsCompleted() {
		willThrow(new Problem(ProblemType.BUCKET_NOT_FOUND, "gone")).given(this.contents).remove(any(), any(), any());
		this.purges.start(B);
		this.scheduler.runAnyDueExecutions();
		assertThat(this.purges.get(B).state()).isEqualTo(Purge.State.COMPLETED);
	}

	@Test
	void purgeWhenTheStoreRefusesFailsAndCanBeStartedAgain() {
		willThrow(new Problem(ProblemType.STORE_REFUSED, "locked")).given(this.contents).remove(any(), any(), any());
		this.purges.start(B);
		this.scheduler.runAnyDueExecutions();
		assertThat(this.purges.get(B)).isEqualTo(new Purge("b", Purge.State.FAILED, 0, NOW, NOW, "locked"));
		assertThat(this.scheduler.getScheduledExecutions()).isEmpty();
		this.clock.advance(Duration.ofSeconds(1));
		this.schedulerClock.tick(Duration.ofSeconds(1));
		assertThat(this.purges.start(B).state()).isEqualTo(Purge.State.RUNNING);
		assertThat(this.scheduler.getScheduledExecutions()).hasSize(1);
	}

	@Test
	void purgeWhenTheBucketIsFilledMeanwhileGivesUpAfterThreePasses() {
		contentsRemove(1, true);
		willThrow(new Problem(ProblemType.BUCKET_NOT_EMPTY, "not empty")).given(this.deletion).delete(B);
		this.purges.start(B);
		this.scheduler.runAnyDueExecutions();
		this.scheduler.runAnyDueExecutions();
		assertThat(this.purges.get(B).state()).isEqualTo(Purge.State.RUNNING);
		this.scheduler.runAnyDueExecutions();
		assertThat(this.purges.get(B).state()).isEqualTo(Purge.State.FAILED);
		then(this.deletion).should(times(PurgeRun.PASSES)).delete(B);
	}

	@Test
	void purgeWhenTheServiceStopsIsLeftToTheNextProcess() {
		willThrow(new Problem(ProblemType.STORE_UNREACHABLE, "interrupted")).given(this.contents)
			.remove(any(), any(), any());
		PurgeId purge = this.rows.begin(B).orElseThrow();
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> this.run.work(purge, 3, () -> true));
		assertThat(this.purges.get(B).state()).isEqualTo(Purge.State.RUNNING);
		contentsRemove(0, true);
		assertThat(this.run.work(purge, 3, () -> false)).isEmpty();
		assertThat(this.purges.get(B).state()).isEqualTo(Purge.State.COMPLETED);
	}

	@Test
	void purgeStopsAtTheEndOfItsSliceOfTime() {
		willAnswer((call) -> {
			BooleanSupplier stop = call.getArgument(2);
			assertThat(stop.getAsBoolean()).isFalse();
			this.clock.advance(Duration.ofSeconds(10));
			return !stop.getAsBoolean();
		}).given(this.contents).remove(any(), any(), any());
		PurgeId purge = this.rows.begin(B).orElseThrow();
		assertThat(this.run.work(purge, 3, () -> false)).hasValue(new PurgeRun.Next(Duration.ZERO, 3));
	}

	@Test
	void purgeWhenAllSlotsAreTakenWaits() {
		PurgeId first = this.rows.begin(B).orElseThrow();
		PurgeId second = this.rows.begin(BucketNames.of("c")).orElseThrow();
		PurgeId third = this.rows.begin(BucketNames.of("d")).orElseThrow();
		willAnswer((call) -> this.run.work(second, 3, () -> false).isEmpty()).given(this.contents)
			.remove(eq(B), any(), any());
		willAnswer((call) -> {
			Optional<PurgeRun.Next> next = this.run.work(third, 3, () -> false);
			assertThat(next.orElseThrow().delay()).isPositive();
			return true;
		}).given(this.contents).remove(eq(BucketNames.of("c")), any(), any());
		assertThat(this.run.work(first, 3, () -> false)).isEmpty();
		assertThat(this.rows.isRunning(first)).isFalse();
		assertThat(this.rows.isRunning(third)).isTrue();
	}

	@Test
	void runOfAnEarlierPurgeLeavesALaterOneAlone() {
		PurgeId earlier = this.rows.begin(B).orElseThrow();
		this.rows.end(earlier, Purge.State.FAILED, "x");
		this.clock.advance(Duration.ofSeconds(1));
		this.rows.begin(B);
		assertThat(this.run.work(earlier, 3, () -> false)).isEmpty();
		this.rows.addRemoved(earlier, 9);
		this.rows.end(earlier, Purge.State.COMPLETED, null);
		assertThat(this.purges.get(B).state()).isEqualTo(Purge.State.RUNNING);
		assertThat(this.purges.get(B).removed()).isZero();
		then(this.contents).shouldHaveNoInteractions();
	}

	@Test
	void startWhenTooManyPurgesWaitIsRefused() {
		for (int number = 0; number < Purges.CAPACITY; number++) {
			this.rows.begin(BucketNames.of("bucket-" + number));
		}
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> this.purges.start(B))
			.satisfies((problem) -> assertThat(problem.type()).isEqualTo(ProblemType.QUEUE_FULL));
		assertThat(this.purges.start(BucketNames.of("bucket-1")).state()).isEqualTo(Purge.State.RUNNING);
	}

	private void contentsRemove(long count, boolean empty) {
		willAnswer((call) -> {
			LongConsumer removed = call.getArgument(1);
			removed.accept(count);
			return empty;
		}).given(this.contents).remove(any(), any(), any());
	}

}
