package io.clipvault.jobs.follow;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.clipvault.kit.JobFolder;
import io.clipvault.kit.SteppedService;
import io.clipvault.kit.SteppedTest;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/** The stream of all changes, on every database. */
@SteppedTest
abstract class EventsContractTests {

	@Autowired
	private SteppedService service;

	@Autowired
	private JdbcClient database;

	@Test
	void eventsTellTheChangesOfAllJobsAndOfTheGalleryWhoeverMakesThem() throws Exception {
		JobFolder.create(this.service.root(), "streamed", "talk").withClips(1);
		assertThat(this.service.caller().postJob("streamed").status()).isEqualTo(202);
		try (HttpClient browser = HttpClient.newHttpClient(); Events events = follow(browser)) {
			events.await("event:job\ndata:{\"id\":\"streamed\",\"status\":\"queued\"");

			this.service.run("streamed");
			events.await("event:job\ndata:{\"id\":\"streamed\",\"status\":\"completed\",\"files_done\":2");
			events.await("event:gallery\ndata:{\"job_id\":\"streamed\"}");

			enterAsAnotherReplica("elsewhere");
			events.await("event:job\ndata:{\"id\":\"elsewhere\",\"status\":\"completed\"");
			events.await("event:gallery\ndata:{\"job_id\":\"elsewhere\"}");

			events.forget();
			assertThat(this.service.caller()
				.send(this.service.caller().request("/jobs/streamed/artifacts").DELETE())
				.status()).isEqualTo(200);
			events.await("event:job\ndata:{\"id\":\"streamed\",\"status\":\"completed\",\"files_done\":0");
			events.await("event:gallery\ndata:{\"job_id\":\"streamed\"}");
		}
	}

	/** Rows only, and visible later than their time. */
	private void enterAsAnotherReplica(String job) {
		long then = this.service.now().toEpochMilli() - 5_000;
		this.database.sql("""
				INSERT INTO job (id, directory, place, status, revision, claim, attempts, failures, untidy,
					created_at, updated_at, ended_at)
				VALUES (:job, :job, 'another', 'completed', 1, 1, 1, 0, 0, :then, :then, :then)""")
			.param("job", job)
			.param("then", then)
			.update();
		this.database.sql("UPDATE gallery_version SET version = version + 1").update();
		this.database.sql("""
				INSERT INTO gallery_change (job_id, version, replica, changed_at)
				SELECT :job, version, 'another', :then FROM gallery_version""")
			.param("job", job)
			.param("then", then)
			.update();
	}

	private Events follow(HttpClient browser) throws IOException, InterruptedException {
		HttpResponse<InputStream> answer = browser.send(this.service.caller().request("/events").build(),
				HttpResponse.BodyHandlers.ofInputStream());
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
		assertThat(answer.headers().allValues("Cache-Control")).isEqualTo(List.of("no-store"));
		return new Events(answer.body());
	}

	/** What the stream has sent so far. */
	private static final class Events implements AutoCloseable {

		private final InputStream stream;

		private final Queue<String> text = new ConcurrentLinkedQueue<>();

		Events(InputStream stream) {
			this.stream = stream;
			Thread.ofVirtual().start(this::read);
		}

		private void read() {
			byte[] bytes = new byte[8192];
			try {
				for (int read = this.stream.read(bytes); read >= 0; read = this.stream.read(bytes)) {
					this.text.add(new String(bytes, 0, read, StandardCharsets.UTF_8));
				}
			}
			catch (IOException closed) {
				this.text.add("closed");
			}
		}

		void await(String event) {
			Awaitility.await().untilAsserted(() -> assertThat(String.join("", this.text)).contains(event));
		}

		void forget() {
			this.text.clear();
		}

		@Override
		public void close() throws IOException {
			this.stream.close();
		}

	}

}
