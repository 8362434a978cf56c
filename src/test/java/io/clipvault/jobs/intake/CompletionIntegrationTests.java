package io.clipvault.jobs.intake;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import io.clipvault.kit.Caller;
import io.clipvault.kit.JobFolder;
import io.clipvault.kit.SteppedService;
import io.clipvault.kit.SteppedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

@SteppedTest
class CompletionIntegrationTests {

	private final SteppedService service;

	private final Caller caller;

	private final Path root;

	CompletionIntegrationTests(@Autowired SteppedService service) {
		this.service = service;
		this.caller = service.caller();
		this.root = service.root();
	}

	@Test
	void completionWhenReturnCodeIsZeroUploadsTheDirectoryOfTheJobsName() {
		JobFolder.create(this.root, "well-done", "talk").withClips(1);
		Caller.Answer accepted = this.caller.post("/jobs/well-done/completion", "{\"return_code\": 0}");
		assertThat(accepted.status()).isEqualTo(202);
		assertThat(accepted.header("Location")).hasValue("/jobs/well-done");
		assertThat(this.service.run("well-done").path("status").asString()).isEqualTo("completed");
	}

	@Test
	void completionWhenDirectoryIsNamedUploadsThat() {
		JobFolder.create(this.root, "named-elsewhere", "talk").withClips(1);
		this.caller.post("/jobs/named-otherwise/completion",
				"{\"return_code\": 0, \"directory\": \"named-elsewhere\"}");
		assertThat(this.service.run("named-otherwise").path("files_done").asInt()).isEqualTo(2);
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
		assertThat(this.service.run(job).path("status").asString()).isEqualTo("completed");
	}

	@Test
	void completionWhenManyWebhooksWaitForTheHostIsRefusedAndRecordsNothing(@Autowired JdbcClient database) {
		String report = """
				{"return_code": 1, "webhook": {"url": "https://waiting.example/hook", "secret": "hush"}}""";
		int reports = 0;
		Caller.Answer answer = this.caller.post("/jobs/flood-0/completion", report);
		assertThat(answer.status()).isEqualTo(200);
		database.sql("""
				INSERT INTO webhook_delivery (id, subject, url, host, secret, body, status, attempts, changed_at)
				WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 998)
				SELECT 'flood' || i, 'flood', 'https://waiting.example/', 'waiting.example', '', '{}', 'pending', 0, 0
				FROM n""").update();
		while (answer.status() == 200) {
			answer = this.caller.post("/jobs/flood-" + ++reports + "/completion", report);
		}
		assertThat(reports).isEqualTo(2);
		assertThat(answer.status()).isEqualTo(503);
		assertThat(answer.problem()).isEqualTo("webhooks-busy");
		assertThat(answer.header("Retry-After")).hasValue("300");
		assertThat(this.caller.get("/jobs/flood-2").status()).isEqualTo(404);
		assertThat(this.caller.post("/jobs/flood-2/completion", "{\"return_code\": 1}").status()).isEqualTo(200);
		database.sql("DELETE FROM webhook_delivery WHERE host = 'waiting.example'").update();
	}

	@Test
	void completionWhenAJobIsReportedAgainKeepsOnlyTheNewestEndedWebhook(@Autowired JdbcClient database) {
		String report = """
				{"return_code": 1, "webhook": {"url": "https://again.example/hook", "secret": "hush"}}""";
		for (int times = 0; times < 3; times++) {
			assertThat(this.caller.post("/jobs/again/completion", report).status()).isEqualTo(200);
			database.sql("UPDATE webhook_delivery SET status = 'failed' WHERE host = 'again.example'").update();
		}
		assertThat(database.sql("SELECT COUNT(*) FROM webhook_delivery WHERE host = 'again.example'")
			.query(Long.class)
			.single()).isOne();
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{\"return_code\": null}", "{\"return_code\": \"0\"}",
			"{\"return_code\": 0, \"directory\": \"\"}", "{\"return_code\": 0, \"exit\": 1}", "" })
	void completionWhenBodyIsNotValidIsRefused(String body) {
		assertThat(this.caller.post("/jobs/any/completion", body).problem()).isEqualTo("invalid-request");
	}

}
