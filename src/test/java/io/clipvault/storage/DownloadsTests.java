package io.clipvault.storage;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.clipvault.problems.Problem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class DownloadsTests {

	private static final GetObjectRequest GET = GetObjectRequest.builder().bucket("b").key("slow").build();

	private final HttpServer server = server();

	@BeforeEach
	void start() {
		this.server.createContext("/", DownloadsTests::answer);
		this.server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
		this.server.start();
	}

	@AfterEach
	void stop() {
		this.server.stop(0);
	}

	@Test
	void openWhenSlowReadersHoldAllItsConnectionsLeavesThoseOfOtherCallsAlone() throws IOException {
		S3ClientBuilder builder = builder();
		Downloads downloads = new Downloads(builder);
		try (S3Client s3 = builder.build(); ResponseInputStream<GetObjectResponse> slow = downloads.open(GET)) {
			assertThat(slow.response().contentLength()).isEqualTo(32_000_000);
			assertThat(s3.putObject((put) -> put.bucket("b").key("k"), RequestBody.fromString("x")).eTag())
				.isEqualTo("\"tag\"");
			Store store = new Store(s3, downloads, TestStores.settings("b", ""),
					new StoreConnection("the store", null, "us-east-1", null, null));
			assertThatExceptionOfType(Problem.class).isThrownBy(() -> store.call(() -> store.open(GET)))
				.satisfies((problem) -> assertThat(problem.detail()).startsWith("All connections to the store"));
			try (ObjectBytes object = store.openForService(GET)) {
				assertThat(object.response().contentLength()).isEqualTo(32_000_000);
			}
			slow.abort();
		}
		finally {
			downloads.destroy();
		}
	}

	/** Clients with one connection each. */
	private S3ClientBuilder builder() {
		return S3Client.builder()
			.endpointOverride(URI.create("http://127.0.0.1:" + this.server.getAddress().getPort()))
			.region(Region.US_EAST_1)
			.forcePathStyle(true)
			.credentialsProvider(AnonymousCredentialsProvider.create())
			.httpClientBuilder(
					Apache5HttpClient.builder().maxConnections(1).connectionAcquisitionTimeout(Duration.ofMillis(200)))
			.overrideConfiguration(
					(override) -> override.retryStrategy(StandardRetryStrategy.builder().maxAttempts(1).build()));
	}

	private static void answer(HttpExchange exchange) throws IOException {
		try (exchange) {
			exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
			exchange.getResponseHeaders().add("ETag", "\"tag\"");
			if (exchange.getRequestMethod().equals("GET")) {
				exchange.sendResponseHeaders(200, 32_000_000);
				exchange.getResponseBody().write(new byte[32_000_000]);
			}
			else {
				exchange.sendResponseHeaders(200, -1);
			}
		}
	}

	private static HttpServer server() {
		try {
			return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
	}

}
