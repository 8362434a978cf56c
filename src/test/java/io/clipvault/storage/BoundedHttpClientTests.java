package io.clipvault.storage;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Peers that accept a connection and then do not proceed, and readers that are slow. */
@Timeout(20)
class BoundedHttpClientTests {

	private static final Duration TIMEOUT = Duration.ofMillis(300);

	private final ServerSocket peer = listen();

	private final S3Client s3 = S3Client.builder()
		.endpointOverride(URI.create("http://127.0.0.1:" + this.peer.getLocalPort()))
		.region(Region.US_EAST_1)
		.forcePathStyle(true)
		.credentialsProvider(AnonymousCredentialsProvider.create())
		.httpClientBuilder((defaults) -> new BoundedHttpClient(Apache5HttpClient.builder().buildWithDefaults(defaults),
				TIMEOUT, Duration.ofMillis(10)))
		.overrideConfiguration(
				(override) -> override.retryStrategy(StandardRetryStrategy.builder().maxAttempts(1).build()))
		.build();

	@AfterEach
	void close() throws IOException {
		this.s3.close();
		this.peer.close();
	}

	@Test
	void putWhenThePeerTakesNoBytesEnds() {
		serve((connection) -> park(TimeUnit.MINUTES, 1));
		byte[] bytes = new byte[16 << 20];
		assertEnds(() -> this.s3.putObject((put) -> put.bucket("b").key("k").contentLength((long) bytes.length),
				RequestBody.fromContentProvider(() -> new ByteArrayInputStream(bytes), bytes.length, "video/mp4")));
	}

	@Test
	void getWhenThePeerGivesNoAnswerEnds() {
		serve((connection) -> park(TimeUnit.MINUTES, 1));
		assertEnds(() -> this.s3.getObjectAsBytes((get) -> get.bucket("b").key("k")));
	}

	@Test
	void getWhenTheAnswerTricklesEnds() {
		serve((connection) -> {
			OutputStream out = head(connection, 1_000_000);
			for (int sent = 0; sent < 1_000_000; sent++) {
				out.write('x');
				park(TimeUnit.MILLISECONDS, 20);
			}
		});
		assertEnds(() -> this.s3.getObject((get) -> get.bucket("b").key("k"),
				(response, body) -> body.transferTo(OutputStream.nullOutputStream())));
		assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(() -> {
			try (InputStream object = this.s3.getObject((get) -> get.bucket("b").key("k"))) {
				object.transferTo(OutputStream.nullOutputStream());
			}
		}).withMessageContaining("clipvault.storage.attempt-timeout");
	}

	@Test
	void getWhenTheReaderIsSlowGivesEverything() throws IOException {
		byte[] bytes = new byte[4 << 20];
		serve((connection) -> {
			head(connection, bytes.length).write(bytes);
			connection.getInputStream().transferTo(OutputStream.nullOutputStream());
		});
		try (InputStream object = this.s3.getObject((get) -> get.bucket("b").key("k"))) {
			assertThat(object.readNBytes(1000)).hasSize(1000);
			park(TimeUnit.MILLISECONDS, 2 * TIMEOUT.toMillis());
			assertThat(object.readAllBytes()).hasSize(bytes.length - 1000);
		}
	}

	private static void assertEnds(Runnable call) {
		assertThatExceptionOfType(SdkClientException.class).isThrownBy(call::run)
			.withStackTraceContaining("clipvault.storage.attempt-timeout");
	}

	private static ServerSocket listen() {
		try {
			ServerSocket server = new ServerSocket();
			// Small, so that the sender blocks.
			server.setReceiveBufferSize(4096);
			server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
			return server;
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
	}

	private void serve(Peer answer) {
		Thread.ofVirtual().start(() -> {
			while (!this.peer.isClosed()) {
				try {
					Socket connection = this.peer.accept();
					Thread.ofVirtual().start(() -> {
						try (connection) {
							answer.serve(connection);
						}
						catch (IOException gone) {
							// The client has aborted its attempt.
						}
					});
				}
				catch (IOException closed) {
					return;
				}
			}
		});
	}

	private static OutputStream head(Socket connection, int length) throws IOException {
		OutputStream out = connection.getOutputStream();
		out.write(
				"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n".formatted(length).getBytes(StandardCharsets.US_ASCII));
		return out;
	}

	private static void park(TimeUnit unit, long time) {
		LockSupport.parkNanos(unit.toNanos(time));
	}

	/** What the peer does with a connection. */
	private interface Peer {

		void serve(Socket connection) throws IOException;

	}

}
