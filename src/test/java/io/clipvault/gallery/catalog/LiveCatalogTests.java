package io.clipvault.gallery.catalog;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import io.clipvault.jobs.JobPublished;
import io.clipvault.jobs.JobRemoved;
import io.clipvault.kit.JobFolder;
import io.clipvault.kit.MutableClock;
import io.clipvault.layouts.JobId;
import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import io.clipvault.storage.BucketCreated;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

class LiveCatalogTests {

	private static final Duration GENEROUS = Duration.ofSeconds(30);

	private static final Duration MOMENT = Duration.ofMillis(1);

	private final MutableClock clock = new MutableClock(Instant.parse("2026-11-20T12:00:00Z"));

	private final InMemoryBucket bucket = new InMemoryBucket(this.clock, 1000);

	private final GalleryDatabase database = GalleryDatabase.sqlite();

	private final Replica replica = new Replica(this.bucket, this.database, this.clock);

	private final LiveCatalog live = this.replica.live;

	@AfterEach
	void stop() {
		this.live.destroy();
	}

	@Test
	void getWhenFreshMakesNoCallToTheStore() {
		put("a", 2);
		assertThat(jobs(this.live.get(false))).containsExactly("a", "a");
		this.bucket.forgetCounts();
		put("b", 1);
		this.clock.advance(Replica.SETTINGS.fresh().minus(MOMENT));

		LiveCatalog.Snapshot snapshot = this.live.get(false);
		assertThat(jobs(snapshot)).containsExactly("a", "a");
		assertThat(snapshot.stale()).isFalse();
		assertThat(snapshot.age()).isEqualTo(Replica.SETTINGS.fresh().minus(MOMENT));
		assertThat(this.live.fresh()).isEqualTo(snapshot);
		assertThat(this.bucket.lists).hasValue(0);
		assertThat(this.bucket.gets).hasValue(0);
	}

	@Test
	void getWhenStaleAnswersAtOnceAndStartsOneRefresh() throws Exception {
		put("a", 1);
		this.live.get(false);
		put("b", 1);
		this.bucket.forgetCounts();
		CountDownLatch go = hold();
		this.clock.advance(Replica.SETTINGS.fresh());

		for (int call = 0; call < 20; call++) {
			LiveCatalog.Snapshot snapshot = this.live.get(false);
			assertThat(jobs(snapshot)).containsExactly("a");
			assertThat(snapshot.stale()).isTrue();
			assertThat(refreshes("failed")).isZero();
		}
		assertThat(this.live.fresh()).isNull();
		go.countDown();
		await().atMost(GENEROUS).until(() -> this.live.fresh() != null);
		assertThat(jobs(this.live.get(false))).containsExactlyInAnyOrder("a", "b");
		assertThat(this.bucket.lists).hasValue(1);
		assertThat(this.bucket.gets).hasValue(1);
	}

	@Test
	void getWhenManyAskForARefreshRunsOne() throws Exception {
		put("a", 1);
		CountDownLatch go = hold();
		try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
			List<Future<LiveCatalog.Snapshot>> answers = IntStream.range(0, 50)
				.mapToObj((number) -> callers.submit(() -> this.live.get(number % 2 == 0)))
				.toList();
			await().atMost(GENEROUS).until(() -> this.bucket.lists.get() == 1);
			go.countDown();
			for (Future<LiveCatalog.Snapshot> answer : answers) {
				assertThat(jobs(answer.get(30, TimeUnit.SECONDS))).containsExactly("a");
			}
		}
		// A late caller may start a second refresh, but fifty callers do not start fifty.
		assertThat(this.bucket.lists.get()).isLessThan(50);
		assertThat(this.bucket.gets).hasValue(1);
	}

	@Test
	void getWhenARefreshIsAskedForDuringAnotherShowsWhatWasThereWhenTheCallCame() throws Exception {
		put("a", 1);
		this.live.get(false);
		this.bucket.forgetCounts();
		CountDownLatch go = hold();
		this.clock.advance(Replica.SETTINGS.fresh());
		this.live.get(false);
		await().atMost(GENEROUS).until(() -> this.bucket.lists.get() == 1);
		// The running refresh has made its listing already.
		put("b", 1);
		try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
			CountDownLatch asked = new CountDownLatch(20);
			List<Future<LiveCatalog.Snapshot>> answers = IntStream.range(0, 20)
				.mapToObj((number) -> callers.submit(() -> {
					asked.countDown();
					return this.live.get(true);
				}))
				.toList();
			assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
			go.countDown();
			for (Future<LiveCatalog.Snapshot> answer : answers) {
				assertThat(jobs(answer.get(30, TimeUnit.SECONDS))).containsExactlyInAnyOrder("a", "b");
			}
		}
		assertThat(this.bucket.lists.get()).isLessThan(20);
	}

	@Test
	void getWhenTheBucketIsMadeOrAJobIsPublishedAfterAFailureReadsAtOnce() {
		for (Consumer<JobNews> event : List.<Consumer<JobNews>>of(
				(news) -> news.onBucketCreated(new BucketCreated("clips")),
				(news) -> news.onPublished(new JobPublished(new JobId("a"))))) {
			Replica fresh = new Replica(this.bucket, GalleryDatabase.sqlite(), this.clock);
			this.bucket.away = true;
			assertThatExceptionOfType(Problem.class).isThrownBy(() -> fresh.live.get(false));
			this.bucket.away = false;
			put("a", 1);
			assertThatExceptionOfType(Problem.class).as("the store is left alone for a while")
				.isThrownBy(() -> fresh.live.get(false));
			event.accept(fresh.news);
			assertThat(jobs(fresh.live.get(false))).containsExactly("a");
			fresh.live.destroy();
		}
	}

	@Test
	void getWhenTheClockWasSetBackStartsARefresh() {
		put("a", 1);
		this.live.get(false);
		put("b", 1);
		this.clock.advance(Duration.ofHours(-3));
		LiveCatalog.Snapshot snapshot = this.live.get(false);
		assertThat(jobs(snapshot)).containsExactly("a");
		assertThat(snapshot.stale()).isTrue();
		await().atMost(GENEROUS).until(() -> this.live.fresh() != null);
		assertThat(jobs(this.live.get(false))).containsExactlyInAnyOrder("a", "b");

		this.bucket.away = true;
		this.live.get(true);
		assertThat(this.live.isBackingOff()).isTrue();
		this.clock.advance(Duration.ofHours(-3));
		assertThat(this.live.isBackingOff()).isFalse();
	}

	@Test
	void getWhenNothingChangedCostsOnlyTheListing() {
		IntStream.range(0, 30).forEach((number) -> put("job-" + number, 1));
		Object edition = this.live.get(false).catalog().edition();
		this.bucket.forgetCounts();

		assertThat(this.live.get(true).catalog().edition()).isSameAs(edition);
		assertThat(this.bucket.lists).hasValue(1);
		assertThat(this.bucket.gets).hasValue(0);
		put("job-7", 2);
		this.bucket.remove("job-8/talk_metadata.json");
		assertThat(this.live.get(true).catalog().edition()).isNotSameAs(edition);
		assertThat(this.bucket.gets).hasValue(1);
		assertThat(this.replica.meters.get("clipvault.gallery.refresh.requests").summary().max()).isEqualTo(31);
	}

	@Test
	void getAfterARestartReadsNoMetadata() {
		IntStream.range(0, 1300).forEach((number) -> put("job-" + number, 1));
		this.bucket.put("strange/talk_metadata.json", "not json");
		LiveCatalog.Snapshot before = this.live.get(false);
		this.bucket.forgetCounts();

		Replica restarted = new Replica(this.bucket, this.database, this.clock);
		assertThat(restarted.live.get(false).catalog().entries()).isEqualTo(before.catalog().entries()).hasSize(1300);
		assertThat(this.bucket.gets).hasValue(0);
		assertThat(restarted.rows.cuts()).hasSize(2).isEqualTo(before.catalog().cuts());
		assertThat(restarted.count("clipvault.gallery.metadata.strange")).isEqualTo(1);
		restarted.live.destroy();
	}

	@Test
	void getAfterAFailedReadKeepsWhatWasRead() {
		IntStream.range(0, 40).forEach((number) -> put("job-" + number, 1));
		this.bucket.failGetsAfter(25);
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> this.live.get(false));
		this.bucket.failGetsAfter(Integer.MAX_VALUE);
		this.bucket.forgetCounts();

		assertThat(this.live.get(true).catalog().entries()).hasSize(40);
		// A read that ends after the failed one is not saved.
		assertThat(this.bucket.gets.get()).isBetween(15, 15 + Replica.SETTINGS.parallelReads());
	}

	@Test
	void getWhenTheStoreIsAwayServesTheLastCatalogUntilItIsTooOld() {
		put("a", 1);
		this.live.get(false);
		this.bucket.away = true;

		this.clock.advance(Duration.ofMinutes(1));
		LiveCatalog.Snapshot asked = this.live.get(true);
		assertThat(jobs(asked)).containsExactly("a");
		assertThat(refreshes("failed")).isEqualTo(1);
		assertThat(asked.stale()).isFalse();

		this.clock.advance(Replica.SETTINGS.kept().minus(Duration.ofMinutes(1)).minus(MOMENT));
		assertThat(jobs(this.live.get(false))).containsExactly("a");
		assertThat(this.live.get(false).stale()).isTrue();

		this.clock.advance(MOMENT);
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> this.live.get(false))
			.satisfies((problem) -> assertThat(problem.type()).isEqualTo(ProblemType.STORE_UNREACHABLE));
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> this.live.get(true));

		this.bucket.away = false;
		this.clock.advance(LiveCatalog.BACK_OFF);
		assertThat(this.live.get(false).stale()).isFalse();
		assertThat(this.live.isBackingOff()).isFalse();
	}

	@Test
	void getWhenTheRefreshThatIsAskedForTakesTooLongSaysSo() {
		put("a", 1);
		this.live.get(false);
		CountDownLatch go = hold();
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> this.live.get(true, MOMENT))
			.satisfies((problem) -> assertThat(problem.type()).isEqualTo(ProblemType.GALLERY_LOADING));
		go.countDown();
	}

	@Test
	void getWhenTheLastRefreshFailedBacksOff() {
		this.bucket.away = true;
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> this.live.get(false));
		int asked = this.bucket.lists.get();
		this.clock.advance(LiveCatalog.BACK_OFF.minus(MOMENT));
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> this.live.get(false));
		assertThat(this.bucket.lists).hasValue(asked);
		this.clock.advance(MOMENT);
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> this.live.get(false));
		assertThat(this.bucket.lists.get()).isGreaterThan(asked);
	}

	@Test
	void publishedJobIsInTheNextAnswerAndCostsOneListing() {
		IntStream.range(0, 30).forEach((number) -> put("job-" + number, 1));
		this.live.get(false);
		this.bucket.forgetCounts();
		put("new", 2);

		this.replica.news.onPublished(new JobPublished(new JobId("new")));
		assertThat(jobs(this.live.get(false))).hasSize(32).contains("new");
		assertThat(this.bucket.lists).hasValue(1);
		assertThat(this.bucket.gets).hasValue(1);
	}

	@Test
	void removedJobIsGoneFromTheNextAnswer() {
		put("a", 1);
		put("ab", 1);
		this.live.get(false);
		remove("a", 1);

		this.replica.news.onRemoved(new JobRemoved(new JobId("a")));
		assertThat(jobs(this.live.get(false))).containsExactly("ab");
	}

	@Test
	void jobsThatChangeDuringARefreshKeepTheirChange() throws Exception {
		put("gone", 1);
		put("stays", 1);
		this.live.get(false);
		CountDownLatch go = hold();
		try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
			Future<LiveCatalog.Snapshot> refresh = callers.submit(() -> this.live.get(true));
			await().atMost(GENEROUS).until(() -> this.bucket.lists.get() == 2);
			// The listing is already made and does not have these changes.
			put("new", 1);
			this.replica.news.onPublished(new JobPublished(new JobId("new")));
			remove("gone", 1);
			this.replica.news.onRemoved(new JobRemoved(new JobId("gone")));
			assertThat(jobs(this.live.get(false))).containsExactlyInAnyOrder("stays", "new");
			go.countDown();
			assertThat(jobs(refresh.get(30, TimeUnit.SECONDS))).containsExactlyInAnyOrder("stays", "new");
		}
		assertThat(jobs(this.live.get(false))).containsExactlyInAnyOrder("stays", "new");
	}

	@Test
	void jobThatChangesDuringTheFirstLoadIsInIt() throws Exception {
		CountDownLatch go = hold();
		try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
			Future<LiveCatalog.Snapshot> first = callers.submit(() -> this.live.get(false));
			await().atMost(GENEROUS).until(() -> this.bucket.lists.get() == 1);
			put("new", 1);
			this.replica.news.onPublished(new JobPublished(new JobId("new")));
			go.countDown();
			assertThat(jobs(first.get(30, TimeUnit.SECONDS))).containsExactly("new");
		}
	}

	@Test
	void changedJobThatCannotBeListedIsRetried() {
		this.live.get(false);
		put("new", 1);
		this.bucket.away = true;
		this.replica.news.onPublished(new JobPublished(new JobId("new")));
		this.replica.news.poll();
		assertThat(jobs(this.live.get(false))).isEmpty();

		this.bucket.away = false;
		this.replica.news.poll();
		assertThat(jobs(this.live.get(false))).containsExactly("new");
		this.bucket.forgetCounts();
		this.replica.news.poll();
		assertThat(this.bucket.lists).hasValue(0);
	}

	@Test
	void objectThatTheStoreRefusesIsLeftOutAndReadAgainLater() {
		put("a", 1);
		put("b", 1);
		this.bucket.refuse("a/talk_metadata.json");
		assertThat(jobs(this.live.get(false))).containsExactly("b");
		assertThat(this.replica.meters.get("clipvault.gallery.metadata.rejected").tag("reason", "unreadable").counter())
			.extracting((counter) -> counter.count())
			.isEqualTo(1.0);

		this.bucket.refuse("");
		assertThat(jobs(this.live.get(true))).containsExactlyInAnyOrder("a", "b");
	}

	@Test
	void objectThatTheStoreCannotReadIsLeftOutAndReadAgainLater() {
		put("a", 1);
		put("b", 1);
		this.bucket.breakOff("a/talk_metadata.json");
		assertThat(jobs(this.live.get(false))).containsExactly("b");
		this.clock.advance(Duration.ofMinutes(1));
		put("c", 1);
		assertThat(jobs(this.live.get(true))).containsExactlyInAnyOrder("b", "c");
		this.bucket.breakOff("");
		assertThat(jobs(this.live.get(true))).containsExactlyInAnyOrder("a", "b", "c");
	}

	@Test
	void publishedJobThatTheStoreCannotReadIsRetried() {
		put("a", 1);
		this.live.get(false);
		put("new", 1);
		this.bucket.breakOff("new/talk_metadata.json");
		this.replica.news.onPublished(new JobPublished(new JobId("new")));
		this.bucket.breakOff("");
		this.replica.news.poll();
		assertThat(jobs(this.live.get(false))).containsExactlyInAnyOrder("a", "new");
	}

	@Test
	void getWhenTheStoreCannotReadTheOnlyObjectFails() {
		put("a", 1);
		this.bucket.breakOff("a/talk_metadata.json");
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> this.live.get(false))
			.satisfies((problem) -> assertThat(problem.type()).isEqualTo(ProblemType.STORE_UNREACHABLE));
	}

	@Test
	void getWhenTheStoreRefusesEveryObjectFails() {
		put("a", 1);
		this.bucket.refuse("a/talk_metadata.json");
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> this.live.get(false))
			.satisfies((problem) -> assertThat(problem.type()).isEqualTo(ProblemType.STORE_REFUSED));
	}

	@Test
	void metricsTellAgeSizeAndRefreshes() {
		assertThat(this.replica.count("clipvault.gallery.clips")).isNaN();
		put("a", 3);
		this.bucket.put("b/x_metadata.json", "[]");
		this.live.get(false);
		this.clock.advance(Duration.ofSeconds(90));

		assertThat(this.replica.count("clipvault.gallery.clips")).isEqualTo(3);
		assertThat(this.replica.count("clipvault.gallery.jobs")).isEqualTo(2);
		assertThat(this.replica.count("clipvault.gallery.metadata.strange")).isEqualTo(1);
		assertThat(this.replica.meters.get("clipvault.gallery.age").timeGauge().value(TimeUnit.SECONDS)).isEqualTo(90);
		this.bucket.away = true;
		this.live.get(true);
		assertThat(refreshes("completed")).isEqualTo(1);
		assertThat(refreshes("failed")).isEqualTo(1);
	}

	private long refreshes(String outcome) {
		return this.replica.meters.find("clipvault.gallery.refresh")
			.tag("outcome", outcome)
			.timers()
			.stream()
			.mapToLong((timer) -> timer.count())
			.sum();
	}

	private void put(String job, int clips) {
		IntStream.rangeClosed(1, clips)
			.forEach((number) -> this.bucket.put(job + "/talk_clip_" + number + ".mp4", "clip"));
		this.bucket.put(job + "/talk_metadata.json", JobFolder.metadata(clips));
	}

	private void remove(String job, int clips) {
		this.bucket.remove(job + "/talk_metadata.json");
		IntStream.rangeClosed(1, clips).forEach((number) -> this.bucket.remove(job + "/talk_clip_" + number + ".mp4"));
	}

	/** Blocks the next listing of the whole bucket after it is made. */
	private CountDownLatch hold() {
		CountDownLatch go = new CountDownLatch(1);
		this.bucket.beforePageIsReturned = () -> {
			try {
				assertThat(go.await(30, TimeUnit.SECONDS)).isTrue();
			}
			catch (InterruptedException stopped) {
				Thread.currentThread().interrupt();
			}
		};
		return go;
	}

	private static List<String> jobs(LiveCatalog.Snapshot snapshot) {
		return snapshot.catalog().entries().stream().map((entry) -> entry.job().value()).toList();
	}

}
