package io.clipvault.jobs.artifacts;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import io.clipvault.kit.Caller;
import io.clipvault.kit.ClipvaultTest;
import io.clipvault.kit.JobFolder;
import io.clipvault.storage.Store;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

@ClipvaultTest
class CompletionAndAudioIntegrationTests {

	@SuppressWarnings("NullAway.Init")
	private Caller caller;

	@SuppressWarnings("NullAway.Init")
	private Path root;

	@BeforeEach
	void call(@LocalServerPort int port, @Value("${clipvault.jobs.root}") Path jobsRoot) {
		this.caller = new Caller(port);
		this.root = jobsRoot;
	}

	@Test
	void completionWhenReturnCodeIsZeroUploadsTheDirectoryOfTheJobsName() {
		JobFolder.create(this.root, "well-done", "talk").withClips(1);
		Caller.Answer accepted = this.caller.post("/jobs/well-done/completion", "{\"return_code\": 0}");
		assertThat(accepted.status()).isEqualTo(202);
		assertThat(accepted.header("Location")).hasValue("/jobs/well-done");
		assertThat(this.caller.ended("well-done").path("status").asString()).isEqualTo("completed");
	}

	@Test
	void completionWhenDirectoryIsNamedUploadsThat() {
		JobFolder.create(this.root, "elsewhere", "talk").withClips(1);
		this.caller.post("/jobs/renamed/completion", "{\"return_code\": 0, \"directory\": \"elsewhere\"}");
		assertThat(this.caller.ended("renamed").path("files_done").asInt()).isEqualTo(2);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, -9, 137 })
	void completionWhenReturnCodeIsNotZeroRecordsAFailureAndUploadsNothing(int code) {
		String job = "crashed" + code;
		JobFolder.create(this.root, job, "talk").withClips(1);
		Caller.Answer answer = this.caller.post("/jobs/" + job + "/completion", "{\"return_code\": " + code + "}");
		assertThat(answer.status()).isEqualTo(200);
		JsonNode state = this.caller.get("/jobs/" + job).json();
		assertThat(state.path("status").asString()).isEqualTo("failed");
		assertThat(state.path("error").asString())
			.isEqualTo("The generator ended with return code " + code + ": nothing was uploaded.");
		assertThat(state.path("files_total").asInt()).isZero();
		assertThat(new String(this.caller.get("/gallery?refresh=true&limit=500").body(), StandardCharsets.UTF_8))
			.doesNotContain("\"" + job + "\"");
		assertThat(this.caller.post("/jobs/" + job + "/completion", "{\"return_code\": 0}").status()).isEqualTo(202);
		assertThat(this.caller.ended(job).path("status").asString()).isEqualTo("completed");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{\"return_code\": null}", "{\"return_code\": \"0\"}",
			"{\"return_code\": 0, \"directory\": \"\"}", "{\"return_code\": 0, \"exit\": 1}", "" })
	void completionWhenBodyIsNotValidIsRefused(String body) {
		assertThat(this.caller.post("/jobs/any/completion", body).problem()).isEqualTo("invalid-request");
	}

	@ParameterizedTest
	@ValueSource(strings = { "my_cool_video", "my_cool_video.mp3", "my_cool_video.MP3" })
	void audioWhenDirectoryHasOneMp3StoresItUnderTheName(String name, @Autowired S3Client s3, @Autowired Store store) {
		byte[] sound = "la la la".getBytes(StandardCharsets.UTF_8);
		JobFolder.create(this.root, "sound", "talk").withClips(1).withFile("Narration.MP3", sound);
		Caller.Answer stored = this.caller.post("/audio",
				"{\"directory\": \"sound\", \"file_name\": \"" + name + "\"}");
		assertThat(stored.status()).isEqualTo(201);
		assertThat(stored.json().path("key").asString()).isEqualTo("my_cool_video.mp3");
		assertThat(stored.json().path("size").asInt()).isEqualTo(8);
		ResponseBytes<GetObjectResponse> object = s3
			.getObjectAsBytes((request) -> request.bucket(store.bucket()).key("my_cool_video.mp3"));
		assertThat(object.asByteArray()).isEqualTo(sound);
		assertThat(object.response().contentType()).isEqualTo("audio/mpeg");
	}

	@Test
	void audioWhenDirectoryHasNoneOrSeveralSaysSo() {
		JobFolder folder = JobFolder.create(this.root, "silent", "talk").withClips(1);
		Caller.Answer none = this.caller.post("/audio", "{\"directory\": \"silent\", \"file_name\": \"x\"}");
		assertThat(none.status()).isEqualTo(422);
		assertThat(none.problem()).isEqualTo("audio-missing");
		assertThat(none.detail()).contains("'silent' has no .mp3 file");
		folder.withFile("b.mp3", new byte[1]).withFile("a.mp3", new byte[1]);
		Caller.Answer several = this.caller.post("/audio", "{\"directory\": \"silent\", \"file_name\": \"x\"}");
		assertThat(several.status()).isEqualTo(422);
		assertThat(several.detail()).contains("has 2 .mp3 files (a.mp3, b.mp3)");
	}

	@ParameterizedTest
	@ValueSource(strings = { "../x", "a/b", "/x", "a\\\\b" })
	void audioWhenNameIsNoPlainNameIsRefused(String name) {
		JobFolder.create(this.root, "one-sound", "talk").withFile("a.mp3", new byte[1]);
		Caller.Answer refused = this.caller.post("/audio",
				"{\"directory\": \"one-sound\", \"file_name\": \"" + name + "\"}");
		assertThat(refused.problem()).isEqualTo("unusable-file-name");
		assertThat(this.caller.post("/audio", "{\"directory\": \"../..\", \"file_name\": \"x\"}").problem())
			.isEqualTo("directory-outside-root");
	}

}
