package io.clipvault.gallery;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import io.clipvault.kit.Caller;
import io.clipvault.kit.ClipvaultTest;
import io.clipvault.kit.JobFolder;
import io.clipvault.storage.Store;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Delete;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/** The gallery over HTTP on a real bucket. */
@ClipvaultTest
@ExtendWith(OutputCaptureExtension.class)
class GalleryIntegrationTests {

	private final Caller caller;

	@Autowired
	private S3Client s3;

	@Autowired
	private Store store;

	GalleryIntegrationTests(@LocalServerPort int port) {
		this.caller = new Caller(port);
	}

	@BeforeEach
	void emptyBucket() {
		this.s3.listObjectsV2Paginator((list) -> list.bucket(this.store.bucket()))
			.stream()
			.filter((page) -> !page.contents().isEmpty())
			.forEach((page) -> {
				List<ObjectIdentifier> keys = page.contents()
					.stream()
					.map((object) -> ObjectIdentifier.builder().key(object.key()).build())
					.toList();
				this.s3.deleteObjects(
						(delete) -> delete.bucket(this.store.bucket()).delete(Delete.builder().objects(keys).build()));
			});
	}

	private void put(String key, String content) {
		this.s3.putObject((put) -> put.bucket(this.store.bucket()).key(key), RequestBody.fromString(content));
	}

	private JsonNode refreshed(int limit) {
		return this.caller.get("/gallery?refresh=true&limit=" + limit).json();
	}

	private String fetched(JsonNode clip) {
		return new String(this.caller.send(this.caller.request(clip.path("url").asString())).body(),
				StandardCharsets.UTF_8);
	}

	@Test
	void galleryWhenBucketHasMoreThanOnePageOfListingShowsEveryClip() throws Exception {
		int jobs = 1250;
		try (ExecutorService writers = Executors.newFixedThreadPool(16)) {
			writers.invokeAll(IntStream.range(0, jobs).<Callable<Boolean>>mapToObj((number) -> () -> {
				String job = "job-" + number;
				put(job + "/talk_clip_1.mp4", job + " one");
				put(job + "/talk_clip_2.mp4", job + " two");
				put(job + "/extra.json", "{}");
				put(job + "/talk_metadata.json", JobFolder.metadata(2));
				return true;
			}).toList()).forEach((write) -> assertThat(write).succeedsWithin(Duration.ofMinutes(1)));
		}

		JsonNode clips = refreshed(500);
		assertThat(clips).hasSize(500);
		assertThat(fetched(clips.get(499))).startsWith(clips.get(499).path("job_id").asString());
		assertThat(IntStream.range(1, 500)
			.allMatch((place) -> clips.get(place - 1)
				.path("created_at")
				.asString()
				.compareTo(clips.get(place).path("created_at").asString()) >= 0))
			.isTrue();
		Set<String> seen = new HashSet<>();
		clips.forEach((clip) -> seen.add(clip.path("job_id").asString() + clip.path("index").asInt()));
		assertThat(seen).hasSize(500);
		Caller.Answer inRanges = this.caller.get("/gallery?refresh=true&limit=500");
		assertThat(inRanges.json()).isEqualTo(clips);
		assertThat(this.caller.get("/api/gallery/clips").json().path("total").asInt()).isEqualTo(2 * jobs);
	}

	@Test
	void galleryWhenAClipsObjectIsMissingLeavesOutThatClipAlone() {
		put("job/talk_clip_2.mp4", "two");
		put("job/talk_metadata.json", JobFolder.metadata(3));

		JsonNode clips = refreshed(50);
		assertThat(clips).hasSize(1);
		assertThat(clips.get(0).path("index").asInt()).isEqualTo(1);
		assertThat(fetched(clips.get(0))).isEqualTo("two");
	}

	@Test
	void galleryWhenNewerRenderingsExistLinksTheNewest() {
		put("job/talk_clip_1.mp4", "plain");
		put("job/subtitled_1700000000_talk_clip_1.mp4", "subtitled");
		put("job/hook_subtitled_1700000000_talk_clip_1.mp4", "hooked");
		put("job/recut_1699999999_talk_clip_1.mp4", "older");
		put("job/talk_metadata.json", JobFolder.metadata(1));

		assertThat(fetched(refreshed(50).get(0))).isEqualTo("hooked");
	}

	@Test
	void galleryWhenMetadataIsUnusableLeavesItOutAndShowsTheRest(CapturedOutput log) {
		put("good/talk_clip_1.mp4", "good");
		put("good/talk_metadata.json", JobFolder.metadata(1));
		put("marked/talk_clip_1.mp4", "good, too");
		put("marked/talk_metadata.json", "\uFEFF" + JobFolder.metadata(1));
		List<String> unusable = List.of("not json", "[]", "{}", "{\"shorts\": 5}", "",
				"{\"shorts\": [{\"start\": NaN}]}", "{\"shorts\": [], \"shorts\": [{}]}",
				"{\"shorts\": [{\"end\": \"soon\"}]}", "{\"shorts\": [{}], \"x\": " + "[".repeat(100_000),
				"{\"shorts\": [{}], \"x\": \"" + "x".repeat(50_000_000) + "\"}");
		for (int number = 0; number < unusable.size(); number++) {
			put("bad-" + number + "/talk_clip_1.mp4", "bad");
			put("bad-" + number + "/talk_metadata.json", unusable.get(number));
		}

		assertThat(refreshed(50)).hasSize(2);
		for (int number = 0; number < unusable.size(); number++) {
			assertThat(log).contains("The gallery leaves out bad-" + number + "/talk_metadata.json: it");
		}
		assertThat(new String(this.caller.get("/actuator/prometheus").body(), StandardCharsets.UTF_8))
			.contains("clipvault_gallery_metadata_strange " + unusable.size() + ".0")
			.contains("clipvault_gallery_metadata_rejected_total{reason=\"too_large\"}");
	}

	@Test
	void galleryWhenFieldsAreMissingFillsThem() {
		put("job/talk_clip_1.mp4", "bytes");
		put("job/talk_metadata.json", "{\"shorts\": [{}]}");

		JsonNode clip = refreshed(50).get(0);
		assertThat(clip.path("title").asString()).isEqualTo("Untitled Clip");
		assertThat(clip.path("tiktok_desc").asString()).isEmpty();
		assertThat(clip.path("insta_desc").asString()).isEmpty();
		assertThat(clip.path("duration").asDouble()).isZero();
	}

	@Test
	void galleryWhenLimitIsAtItsBoundsIsAnsweredAndBeyondThemRefused() {
		assertThat(this.caller.get("/gallery?limit=1").status()).isEqualTo(200);
		assertThat(this.caller.get("/gallery?limit=500").status()).isEqualTo(200);
		for (String limit : List.of("0", "501", "-1", "many", "1.5", "99999999999")) {
			Caller.Answer answer = this.caller.get("/gallery?limit=" + limit);
			assertThat(answer.status()).as(limit).isEqualTo(400);
			assertThat(answer.problem()).isEqualTo("invalid-request");
			assertThat(answer.detail()).contains("'limit' must be");
		}
	}

	@Test
	void galleryIsServedFromTheCacheUntilItIsRefreshed() {
		assertThat(refreshed(50)).isEmpty();
		put("job/talk_clip_1.mp4", "bytes");
		put("job/talk_metadata.json", JobFolder.metadata(1));

		assertThat(this.caller.get("/gallery").json()).isEmpty();
		assertThat(refreshed(50)).hasSize(1);
		assertThat(this.caller.get("/gallery").json()).hasSize(1);
	}

}
