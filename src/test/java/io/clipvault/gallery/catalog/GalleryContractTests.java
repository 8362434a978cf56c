package io.clipvault.gallery.catalog;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.clipvault.jobs.JobPublished;
import io.clipvault.jobs.JobRemoved;
import io.clipvault.kit.Caller;
import io.clipvault.kit.JobFolder;
import io.clipvault.kit.StoreUnderTest;
import io.clipvault.layouts.JobId;
import io.clipvault.storage.Store;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.core.sync.RequestBody;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** What the gallery needs of a store: listings, metadata, and links that open. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class GalleryContractTests {

	static final Map<String, String> SETTINGS = Map.of("clipvault.storage.bucket",
			"clipvault-gallery-" + UUID.randomUUID());

	private static final List<String> TITLES = List.of("talk", "Gespräch über Öl", "こんにちは", "\uFF5Ewide", "🎬 take 1");

	private StoreUnderTest store;

	private String bucket;

	abstract StoreUnderTest start();

	@BeforeAll
	void startStore() {
		this.store = start();
		this.bucket = this.store.serviceBucket();
	}

	@AfterAll
	void closeStore() {
		this.store.close();
	}

	@AfterEach
	void emptyBucket() {
		keys().forEach(this::remove);
	}

	@Test
	void refreshShowsEveryClipWithALinkThatOpens() {
		for (int number = 0; number < TITLES.size(); number++) {
			publish("job-" + number, TITLES.get(number), 2);
		}
		Caller caller = this.store.caller();

		JsonNode clips = caller.get("/gallery?refresh=true").json();
		assertThat(clips).hasSize(2 * TITLES.size());
		clips.forEach((clip) -> {
			Caller.Answer video = caller.send(caller.request(clip.path("url").asString()));
			assertThat(video.status()).isEqualTo(200);
			assertThat(new String(video.body(), StandardCharsets.UTF_8))
				.startsWith(clip.path("job_id").asString() + "/")
				.endsWith("_clip_" + (clip.path("index").asInt() + 1) + ".mp4");
		});
		assertThat(caller.get("/gallery?refresh=true").json()).isEqualTo(clips);
	}

	@Test
	void refreshAfterEditsGivesWhatAFreshReadGives() {
		IntStream.range(0, 6).forEach((number) -> publish("job-" + number, TITLES.get(number % TITLES.size()), 2));
		Replica replica = replica();
		assertThat(replica.live.get(true).catalog().entries()).hasSize(12);
		assertThat(requests(replica)).isEqualTo(1 + 6);
		assertThat(replica.live.get(true).catalog().entries()).hasSize(12);
		assertThat(requests(replica)).as("an unchanged bucket costs only its listing").isEqualTo(1 + 6 + 1);

		put("job-0/talk_metadata.json", JobFolder.metadata(1));
		put("job-1/hook_" + TITLES.get(1) + "_clip_1.mp4", "a newer rendering");
		remove("job-2/" + TITLES.get(2) + "_clip_2.mp4");
		remove("job-3/" + TITLES.get(3) + "_metadata.json");
		put("job-4/" + TITLES.get(4) + "_metadata.json", "not json");
		publish("job-6", "new", 3);

		List<ClipEntry> edited = replica.live.get(true).catalog().entries();
		assertThat(edited).extracting((entry) -> entry.job().value())
			.containsOnly("job-0", "job-1", "job-2", "job-5", "job-6");
		assertThat(edited).hasSize(1 + 2 + 1 + 2 + 3);
		assertThat(requests(replica)).as("only what changed is read").isEqualTo(1 + 6 + 1 + 1 + 3);
		Replica fresh = replica();
		assertThat(fresh.live.get(true).catalog().entries()).isEqualTo(edited);
		replica.live.destroy();
		fresh.live.destroy();
	}

	@Test
	void listingInRangesFindsWhatOneListingFinds() {
		IntStream.range(0, 8)
			.forEach((number) -> TITLES.forEach((title) -> publish("job-" + number, title, (number % 3) + 1)));
		put("Ünlisted/🎬.mp4", "no job");
		Replica replica = replica();

		Listing whole = replica.listing.whole(List.of());
		assertThat(whole.jobs()).hasSize(8);
		List<String> inJobs = keys().stream().filter((key) -> key.startsWith("job-")).toList();
		for (int step : new int[] { 1, 7, 40 }) {
			List<String> cuts = IntStream.range(0, inJobs.size() / step)
				.mapToObj((place) -> inJobs.get(place * step).replaceFirst("[^ -~].*", ""))
				.distinct()
				.sorted()
				.toList();
			assertThat(replica.listing.whole(cuts).jobs()).as("cut at %s", cuts).isEqualTo(whole.jobs());
		}
		replica.live.destroy();
	}

	@Test
	void changedJobIsShownAndRemovedJobIsGoneWithoutARefresh() {
		publish("before", "talk", 1);
		Replica replica = replica();
		assertThat(jobs(replica)).containsExactly("before");

		publish("later", TITLES.get(1), 1);
		replica.news.onPublished(new JobPublished(new JobId("later")));
		assertThat(jobs(replica)).containsExactlyInAnyOrder("before", "later");

		keys().stream().filter((key) -> key.startsWith("before/")).forEach(this::remove);
		replica.news.onRemoved(new JobRemoved(new JobId("before")));
		assertThat(jobs(replica)).containsExactly("later");
		replica.live.destroy();
	}

	private Replica replica() {
		return new Replica(this.store.s3(), GalleryDatabase.sqlite(), Clock.systemUTC(), this.store.bean(Store.class));
	}

	private static double requests(Replica replica) {
		return replica.meters.get("clipvault.gallery.refresh.requests").summary().totalAmount();
	}

	private static Stream<String> jobs(Replica replica) {
		return replica.live.get(false).catalog().entries().stream().map((entry) -> entry.job().value());
	}

	private void publish(String job, String title, int clips) {
		IntStream.rangeClosed(1, clips).forEach((number) -> {
			String key = job + "/" + title + "_clip_" + number + ".mp4";
			put(key, key);
		});
		put(job + "/" + title + "_metadata.json", JobFolder.metadata(clips));
	}

	private void put(String key, String content) {
		this.store.s3().putObject((put) -> put.bucket(this.bucket).key(key), RequestBody.fromString(content));
	}

	private void remove(String key) {
		this.store.s3().deleteObject((delete) -> delete.bucket(this.bucket).key(key));
	}

	private List<String> keys() {
		return this.store.s3()
			.listObjectsV2Paginator((list) -> list.bucket(this.bucket))
			.contents()
			.stream()
			.map((object) -> object.key())
			.toList();
	}

}
