package io.clipvault.storage.http;

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
import software.amazon.awssdk.services.s3.model.CompletedPart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Peers that accept a connection and then do not proceed, and readers that are slow. */
@Timeout(20)
class BoundedHttpClientTests {

	/** For calls that have to end. */
	private static final Duration SHORT = Duration.ofMillis(300);

	/** For calls that have to go on, also on a machine that is busy. */
	private static final Duration LONG = Duration.ofSeconds(3);

	private final ServerSocket peer = listen();

	private final S3Client s3 = client(SHORT);

	private final S3Client patient = client(LONG);

	private S3Client client(Duration timeout) {
		return S3Client.builder()
			.endpointOverride(URI.create("http://127.0.0.1:" + this.peer.getLocalPort()))
			.region(Region.US_EAST_1)
			.forcePathStyle(true)
			.credentialsProvider(AnonymousCredentialsProvider.create())
			.httpClientBuilder((defaults) -> new BoundedHttpClient(
					Apache5HttpClient.builder().buildWithDefaults(defaults),
					Apache5HttpClient.builder().buildWithDefaults(defaults), timeout, LONG, Duration.ofMillis(10)))
			.overrideConfiguration(
					(override) -> override.retryStrategy(StandardRetryStrategy.builder().maxAttempts(1).build()))
			.build();
	}

	@AfterEach
	void close() throws IOException {
		this.s3.close();
		this.patient.close();
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
	void putWhenThePeerTakesTheBodySlowlyButSteadilyGoesOn() {
		byte[] bytes = new byte[8 << 20];
		serve((connection) -> {
			connection.getOutputStream().write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
			byte[] chunk = new byte[1 << 20];
			for (int taken = 0; taken < bytes.length; taken += connection.getInputStream()
				.readNBytes(chunk, 0, chunk.length)) {
				park(TimeUnit.MILLISECONDS, LONG.toMillis() / 6);
			}
			head(connection, 0).flush();
		});
		this.patient.putObject((put) -> put.bucket("b").key("k").contentLength((long) bytes.length),
				RequestBody.fromContentProvider(() -> new ByteArrayInputStream(bytes), bytes.length, "video/mp4"));
	}

	@Test
	void putWhenThePeerTakesTheBodyAndGivesNoAnswerEnds() {
		serve((connection) -> {
			connection.getOutputStream().write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
			connection.getInputStream().transferTo(OutputStream.nullOutputStream());
		});
		byte[] bytes = new byte[1 << 20];
		assertEnds(() -> this.s3.putObject((put) -> put.bucket("b").key("k").contentLength((long) bytes.length),
				RequestBody.fromContentProvider(() -> new ByteArrayInputStream(bytes), bytes.length, "video/mp4")));
	}

	@Test
	void getWhenThePeerGivesNoAnswerEnds() {
		serve((connection) -> park(TimeUnit.MINUTES, 1));
		assertEnds(() -> this.s3.getObjectAsBytes((get) -> get.bucket("b").key("k")));
	}

	@Test
	void callThatHasTheStoreWorkMayWaitLonger() {
		serve((connection) -> {
			assertThat(connection.getInputStream().read(new byte[64 << 10])).isPositive();
			park(TimeUnit.MILLISECONDS, LONG.toMillis() / 3);
			connection.getOutputStream()
				.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
					.getBytes(StandardCharsets.US_ASCII));
		});
		this.s3
			.copyObject((copy) -> copy.sourceBucket("b").sourceKey("k").destinationBucket("b").destinationKey("copy"));
		this.s3.uploadPartCopy((copy) -> copy.sourceBucket("b")
			.sourceKey("k")
			.destinationBucket("b")
			.destinationKey("copy")
			.uploadId("u")
			.partNumber(1));
		this.s3.completeMultipartUpload((complete) -> complete.bucket("b")
			.key("k")
			.uploadId("u")
			.multipartUpload((parts) -> parts.parts(CompletedPart.builder().partNumber(1).eTag("e").build())));
		assertEnds(() -> this.s3.createMultipartUpload((create) -> create.bucket("b").key("k")));
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
		try (InputStream object = this.patient.getObject((get) -> get.bucket("b").key("k"))) {
			assertThat(object.readNBytes(1000)).hasSize(1000);
			park(TimeUnit.MILLISECONDS, LONG.toMillis() + 500);
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
			server.setReceiveBufferSize(64 << 10);
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
