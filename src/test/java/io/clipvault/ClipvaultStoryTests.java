package io.clipvault;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

import io.clipvault.kit.Caller;
import io.clipvault.kit.JobFolder;
import io.clipvault.kit.TwoReplicas;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

import org.springframework.util.FileSystemUtils;

import static org.assertj.core.api.Assertions.assertThat;

/** A user's day with two replicas of the service. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClipvaultStoryTests {

	private final TwoReplicas replicas = TwoReplicas.start();

	private final Caller caller = this.replicas.first().caller();

	private final Caller otherReplica = this.replicas.second().caller();

	@AfterAll
	void close() {
		this.replicas.close();
	}

	@Test
	void aDayFromTheFirstPostedDirectoryToARestoredOne() throws IOException {
		JobFolder talk = generate("evening-talk");
		post("evening-talk");
		followUntilItIsCompleted("evening-talk");
		JsonNode clip = findTheSecondClipInTheGallery("evening-talk");
		playByItsLink(clip, talk.read(talk.clip(2)));
		shareTheWorkOfTheEvening(IntStream.range(0, 6).mapToObj("late-talk-%d"::formatted).toList());
		restoreAfterTheDirectoryIsLost(talk);
		readTheMetrics();
	}

	private JobFolder generate(String job) {
		return JobFolder.create(this.replicas.root(), job, "evening talk").withClips(2);
	}

	private void post(String job) {
		Caller.Answer accepted = this.caller.postJob(job);
		assertThat(accepted.status()).isEqualTo(202);
		assertThat(accepted.header("Location")).hasValue("/jobs/" + job);
	}

	private void followUntilItIsCompleted(String job) {
		List<JsonNode> progress = this.caller.follow(job);
		assertThat(progress).extracting((event) -> event.path("bytes_done").asLong()).isSorted();
		JsonNode last = progress.getLast();
		assertThat(last.path("status").asString()).isEqualTo("completed");
		assertThat(last.path("files_done").asInt()).isEqualTo(3);
	}

	private JsonNode findTheSecondClipInTheGallery(String job) {
		List<JsonNode> clips = this.caller.get("/gallery?limit=500")
			.json()
			.valueStream()
			.filter((clip) -> clip.path("job_id").asString().equals(job))
			.toList();
		assertThat(clips).hasSize(2);
		JsonNode second = clips.get(1);
		assertThat(second.path("index").asInt()).isEqualTo(1);
		assertThat(second.path("title").asString()).isEqualTo("Short 2");
		assertThat(second.path("tiktok_desc").asString()).isEqualTo("tiktok 2");
		assertThat(second.path("insta_desc").asString()).isEqualTo("insta 2");
		assertThat(second.path("duration").asDouble()).isEqualTo(30.5);
		assertThat(second.path("created_at").asString()).endsWith("Z");
		return second;
	}

	private void playByItsLink(JsonNode clip, byte[] bytes) {
		Caller.Answer played = this.caller.send(this.caller.request(clip.path("url").asString()));
		assertThat(played.header("Content-Type")).hasValue("video/mp4");
		assertThat(played.body()).isEqualTo(bytes);
	}

	/** Whichever replica takes a job, both know how it proceeds, and it is sent once. */
	private void shareTheWorkOfTheEvening(List<String> jobs) {
		jobs.forEach(this::generate);
		jobs.forEach(this::post);
		for (String job : jobs) {
			assertThat(this.otherReplica.follow(job).getLast().path("status").asString()).isEqualTo("completed");
			assertThat(this.otherReplica.get("/jobs/" + job).json().path("attempts").asInt()).isEqualTo(1);
		}
		assertThat(this.otherReplica.get("/gallery?limit=500&refresh=true").json().valueStream())
			.extracting((clip) -> clip.path("job_id").asString())
			.containsAll(jobs);
	}

	private void restoreAfterTheDirectoryIsLost(JobFolder lost) throws IOException {
		byte[] clip = lost.read(lost.clip(1));
		FileSystemUtils.deleteRecursively(lost.path());
		JsonNode restored = this.otherReplica.post("/jobs/" + lost.path().getFileName() + "/restore", "{}").json();
		assertThat(restored.path("written").size()).isEqualTo(3);
		assertThat(lost.read(lost.clip(1))).isEqualTo(clip);
	}

	private void readTheMetrics() {
		assertThat(new String(this.caller.get("/actuator/prometheus").body(), StandardCharsets.UTF_8))
			.contains("clipvault_upload_files_total{", "clipvault_upload_bytes_total", "cache_gets_total{")
			.contains("http_server_requests_seconds_count{");
	}

}
