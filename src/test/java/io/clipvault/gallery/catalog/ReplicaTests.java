package io.clipvault.gallery.catalog;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.clipvault.jobs.GalleryUpdated;
import io.clipvault.jobs.JobPublished;
import io.clipvault.jobs.JobRemoved;
import io.clipvault.kit.JobFolder;
import io.clipvault.kit.MutableClock;
import io.clipvault.layouts.JobId;
import io.clipvault.storage.TestStores;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Replicas that share a bucket and a database, SQLite or PostgreSQL. */
class ReplicaTests {

	private static EmbeddedPostgres postgres;

	private final MutableClock clock = new MutableClock(Instant.parse("2026-11-20T12:00:00Z"));

	private final InMemoryBucket bucket = new InMemoryBucket(this.clock, 1000);

	@BeforeAll
	static void start() throws IOException {
		postgres = EmbeddedPostgres.start();
	}

	@AfterAll
	static void stop() throws IOException {
		postgres.close();
	}

	static Stream<GalleryDatabase> databases() {
		return Stream.of(GalleryDatabase.sqlite(), GalleryDatabase.postgresql(postgres.getPostgresDatabase()));
	}

	@ParameterizedTest
	@MethodSource("databases")
	void jobThatOneReplicaChangesIsSeenByTheOther(GalleryDatabase database) {
		publish("before");
		Replica one = new Replica(this.bucket, database, this.clock);
		Replica other = new Replica(this.bucket, database, this.clock);
		assertThat(jobs(one)).containsExactly("before");
		assertThat(jobs(other)).containsExactly("before");

		publish("new");
		one.news.onPublished(new JobPublished(new JobId("new")));
		other.news.poll();
		assertThat(jobs(other)).containsExactlyInAnyOrder("before", "new");

		this.bucket.remove("new/talk_metadata.json");
		other.news.onRemoved(new JobRemoved(new JobId("new")));
		one.news.poll();
		assertThat(jobs(one)).containsExactly("before");

		GalleryUpdated told = new GalleryUpdated(new JobId("new"));
		assertThat(one.shown).isEqualTo(other.shown).containsExactly(told, told);

		this.bucket.forgetCounts();
		one.news.poll();
		other.news.poll();
		assertThat(this.bucket.lists).as("a replica lists neither its own changes nor those that it has seen again")
			.hasValue(0);
		one.live.destroy();
		other.live.destroy();
	}

	@ParameterizedTest
	@MethodSource("databases")
	void metadataThatOneReplicaReadIsNotReadByTheOther(GalleryDatabase database) {
		IntStream.range(0, 600).forEach((number) -> publish("job-" + number));
		Replica one = new Replica(this.bucket, database, this.clock);
		assertThat(jobs(one)).hasSize(600);
		this.bucket.forgetCounts();
		Replica other = new Replica(this.bucket, database, this.clock);
		assertThat(other.live.get(false).catalog().entries()).isEqualTo(one.live.get(false).catalog().entries());
		assertThat(this.bucket.gets).hasValue(0);

		IntStream.range(0, 600).forEach((number) -> this.bucket.remove("job-" + number + "/talk_metadata.json"));
		assertThat(one.live.get(true).catalog().entries()).isEmpty();
		assertThat(one.rows.all()).isEmpty();
		one.live.destroy();
		other.live.destroy();
	}

	@ParameterizedTest
	@MethodSource("databases")
	void changesThatReplicasRecordAtTheSameTimeAreAllSeen(GalleryDatabase database) throws Exception {
		Replica reader = new Replica(this.bucket, database, this.clock);
		assertThat(jobs(reader)).isEmpty();
		List<Replica> writers = IntStream.range(0, 4)
			.mapToObj((number) -> new Replica(this.bucket, database, this.clock))
			.toList();
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			List<Future<?>> recorded = IntStream.range(0, 80).<Future<?>>mapToObj((number) -> threads.submit(() -> {
				publish("job-" + number);
				writers.get(number % 4).news.onPublished(new JobPublished(new JobId("job-" + number)));
				reader.news.poll();
			})).toList();
			for (Future<?> each : recorded) {
				each.get(60, TimeUnit.SECONDS);
			}
		}
		reader.news.poll();
		assertThat(jobs(reader)).hasSize(80);
		this.clock.advance(Duration.ofDays(1).plusSeconds(1));
		writers.getFirst().news.onPublished(new JobPublished(new JobId("last")));
		assertThat(database.client().sql("SELECT job_id FROM gallery_change").query(String.class).list())
			.containsExactly("last");
		reader.live.destroy();
	}

	@ParameterizedTest
	@MethodSource("databases")
	void rowsOfABucketThatNobodyListsAnyMoreAreRemovedAfterAMonth(GalleryDatabase database) {
		publish("job");
		Replica former = new Replica(this.bucket, database, this.clock, TestStores.of("former", ""));
		Replica present = new Replica(this.bucket, database, this.clock);
		assertThat(jobs(former)).isEqualTo(jobs(present)).containsExactly("job");
		this.clock.advance(Duration.ofDays(30));
		present.live.get(true);
		assertThat(former.rows.all()).hasSize(1);
		this.clock.advance(Duration.ofMillis(1));
		present.live.get(true);
		assertThat(former.rows.all()).isEmpty();
		assertThat(present.rows.all()).hasSize(1);
		assertThat(database.client().sql("SELECT bucket FROM gallery_listing").query(String.class).list())
			.containsExactly("clips/");
		former.live.destroy();
		present.live.destroy();
	}

	private void publish(String job) {
		this.bucket.put(job + "/talk_clip_1.mp4", "clip");
		this.bucket.put(job + "/talk_metadata.json", JobFolder.metadata(1));
	}

	private static List<String> jobs(Replica replica) {
		return replica.live.get(false).catalog().entries().stream().map((entry) -> entry.job().value()).toList();
	}

}
