package io.clipvault.jobs.follow;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

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
	void eventsWhenAllPlacesAreTakenAreRefusedButAnUnknownJobIsNotFound() throws IOException {
		Caller caller = this.service.caller();
		JobFolder.create(this.service.root(), "crowded", "talk").withClips(1);
		assertThat(caller.postJob("crowded").status()).isEqualTo(202);
		List<Socket> followers = new ArrayList<>();
		try {
			while (followers.size() < Followers.MOST) {
				followers.add(follow(caller, "/jobs/crowded/events"));
			}
			for (String path : List.of("/jobs/crowded/events", "/events")) {
				Caller.Answer refused = caller.get(path);
				assertThat(refused.status()).isEqualTo(503);
				assertThat(refused.problem()).isEqualTo("too-many-followers");
				assertThat(refused.header("Retry-After")).hasValue("15");
			}
			assertThat(caller.get("/jobs/unknown/events").status()).isEqualTo(404);
		}
		finally {
			// Ends their feeds, so that other tests find places.
			caller.send(caller.request("/jobs/crowded").DELETE());
			for (Socket follower : followers) {
				follower.getInputStream().readAllBytes();
				follower.close();
			}
		}
		assertThat(caller.get("/jobs/crowded/events").status()).isEqualTo(200);
	}

	/** Opens a stream and reads its head. */
	private static Socket follow(Caller caller, String path) throws IOException {
		URI address = URI.create(caller.base());
		Socket socket = new Socket(address.getHost(), address.getPort());
		socket.getOutputStream()
			.write("GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".formatted(path)
				.getBytes(StandardCharsets.US_ASCII));
		assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
			.isEqualTo("HTTP/1.1 200");
		return socket;
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
