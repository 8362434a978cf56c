package io.clipvault;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

import io.clipvault.kit.Caller;
import io.clipvault.kit.ClipvaultTest;
import io.clipvault.kit.JobFolder;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/** A user's day: the generator has finished, and somebody watches the clips. */
@ClipvaultTest
class ClipvaultStoryTests {

	@Test
	void aPostedDirectoryIsSeenInTheGalleryAndPlaysByteForByte(@LocalServerPort int port,
			@Value("${clipvault.jobs.root}") Path root) {
		Caller caller = new Caller(port);
		JobFolder folder = JobFolder.create(root, "evening-talk", "evening talk").withClips(2);

		Caller.Answer accepted = caller.postJob("evening-talk");
		assertThat(accepted.status()).isEqualTo(202);
		assertThat(accepted.header("Location")).hasValue("/jobs/evening-talk");
		assertThat(caller.ended("evening-talk").path("status").asString()).isEqualTo("completed");

		List<JsonNode> clips = caller.get("/gallery?limit=500")
			.json()
			.valueStream()
			.filter((clip) -> clip.path("job_id").asString().equals("evening-talk"))
			.toList();
		assertThat(clips).hasSize(2);
		JsonNode second = clips.get(1);
		assertThat(second.path("index").asInt()).isEqualTo(1);
		assertThat(second.path("title").asString()).isEqualTo("Short 2");
		assertThat(second.path("tiktok_desc").asString()).isEqualTo("tiktok 2");
		assertThat(second.path("insta_desc").asString()).isEqualTo("insta 2");
		assertThat(second.path("duration").asDouble()).isEqualTo(30.5);
		assertThat(second.path("created_at").asString()).endsWith("Z");

		Caller.Answer clip = caller.send(caller.request(second.path("url").asString()));
		assertThat(clip.header("Content-Type")).hasValue("video/mp4");
		assertThat(clip.body()).isEqualTo(folder.read(folder.clip(2)));

		assertThat(new String(caller.get("/actuator/prometheus").body(), StandardCharsets.UTF_8))
			.contains("clipvault_upload_files_total{", "clipvault_upload_bytes_total", "cache_gets_total{")
			.contains("http_server_requests_seconds_count{");
	}

}
