package io.clipvault.jobs.transfer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;

import com.sun.net.httpserver.HttpServer;
import io.clipvault.kit.Caller;
import io.clipvault.kit.FreshFolders;
import io.clipvault.kit.JobFolder;
import io.clipvault.kit.SteppedSchedule;
import io.clipvault.kit.SteppedService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A store that refuses every call: a job fails at once with the sentence that says what
 * to repair, or waits for its next try.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import(SteppedSchedule.class)
class StoreRefusalIntegrationTests {

	private static final AtomicReference<String> REFUSAL = new AtomicReference<>("403 AccessDenied");

	private static final HttpServer STORE = refusing();

	private final SteppedService service;

	private final Caller caller;

	StoreRefusalIntegrationTests(@Autowired SteppedService service) {
		this.service = service;
		this.caller = service.caller();
	}

	private static HttpServer refusing() {
		try {
			HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
			server.createContext("/", (exchange) -> {
				String status = REFUSAL.get().substring(0, 3);
				byte[] body = "<Error><Code>%s</Code><Message>Because</Message></Error>"
					.formatted(REFUSAL.get().substring(4))
					.getBytes(StandardCharsets.UTF_8);
				exchange.getRequestBody().readAllBytes();
				exchange.sendResponseHeaders(Integer.parseInt(status), body.length);
				exchange.getResponseBody().write(body);
				exchange.close();
			});
			server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
			server.start();
			return server;
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
	}

	@DynamicPropertySource
	static void store(DynamicPropertyRegistry properties) throws IOException {
		Path folder = FreshFolders.create("refusals");
		Files.createDirectories(folder.resolve("output"));
		properties.add("clipvault.storage.engine", () -> "s3");
		properties.add("clipvault.storage.endpoint", () -> "http://127.0.0.1:" + STORE.getAddress().getPort());
		properties.add("clipvault.storage.max-attempts", () -> "1");
		properties.add("AWS_ACCESS_KEY_ID", () -> "key");
		properties.add("AWS_SECRET_ACCESS_KEY", () -> "secret");
		properties.add("clipvault.data-directory", () -> folder.resolve("data").toString());
		properties.add("clipvault.jobs.root", () -> folder.resolve("output").toString());
	}

	@AfterAll
	static void close() {
		STORE.stop(0);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			403 InvalidAccessKeyId    | check AWS_ACCESS_KEY_ID
			403 SignatureDoesNotMatch | check AWS_SECRET_ACCESS_KEY
			404 NoSuchBucket          | create it, or set AWS_S3_BUCKET
			301 PermanentRedirect     | set AWS_REGION
			403 AccessDenied          | refuses permission
			501 NotImplemented        | does not support what the call asked for (Because)
			400 ExpiredToken          | temporary credentials have expired
			""")
	void jobWhenTheStoreRefusesItForGoodFailsAtOnceAndCanBePostedAgain(String refusal, String words) {
		REFUSAL.set(refusal);
		String job = refusal.substring(4);
		JobFolder.create(this.service.root(), job, "talk").withClips(1);
		for (int post = 1; post <= 2; post++) {
			JsonNode ended = this.service.upload(job);
			assertThat(ended.path("status").asString()).isEqualTo("failed");
			assertThat(ended.path("error").asString()).contains(words);
			assertThat(ended.path("attempts").asInt()).isEqualTo(1);
			assertThat(ended.path("files_done").asInt()).isZero();
		}
	}

	@Test
	void jobWhenTheStoreIsBusyWaitsForItsNextTryAndCanBeCancelled() {
		REFUSAL.set("503 SlowDown");
		JobFolder.create(this.service.root(), "busy", "talk").withClips(1);
		JsonNode waiting = this.service.upload("busy");
		assertThat(waiting.path("status").asString()).isEqualTo("queued");
		assertThat(waiting.path("error").asString()).contains("503 SlowDown");
		assertThat(this.caller.send(this.caller.request("/jobs/busy").DELETE()).status()).isEqualTo(200);
	}

}
