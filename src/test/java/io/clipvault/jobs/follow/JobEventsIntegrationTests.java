package io.clipvault.jobs.follow;

import java.nio.charset.StandardCharsets;

import io.clipvault.kit.Caller;
import io.clipvault.kit.JobFolder;
import io.clipvault.kit.SteppedService;
import io.clipvault.kit.SteppedTest;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

@SteppedTest
class JobEventsIntegrationTests {

	@Autowired
	private SteppedService service;

	@Test
	void eventsWhenTheJobHasEndedTellItsStateAndEnd() {
		JobFolder.create(this.service.root(), "followed", "talk").withClips(1);
		this.service.upload("followed");
		Caller.Answer events = this.service.caller().get("/jobs/followed/events");
		assertThat(events.header("Content-Type").orElse("")).startsWith("text/event-stream");
		assertThat(new String(events.body(), StandardCharsets.UTF_8)).startsWith("event:progress\ndata:{")
			.contains("\"status\":\"completed\"", "\"files_done\":2")
			.endsWith("\n\n");
		assertThat(this.service.caller().get("/jobs/unknown/events").status()).isEqualTo(404);
	}

	@Test
	void headsTakeNoPlace() {
		JobFolder.create(this.service.root(), "looked-at", "talk").withClips(1);
		this.service.caller().postJob("looked-at");
		for (int count = 0; count <= Followers.MOST; count++) {
			assertThat(head("/events").header("Content-Type")).hasValue("text/event-stream");
			assertThat(head("/jobs/looked-at/events").status()).isEqualTo(200);
		}
		assertThat(head("/jobs/unknown/events").status()).isEqualTo(404);
		this.service.run("looked-at");
		assertThat(this.service.caller().get("/jobs/looked-at/events").status()).isEqualTo(200);
	}

	private Caller.Answer head(String path) {
		return this.service.caller().send(this.service.caller().request(path).HEAD());
	}

}
