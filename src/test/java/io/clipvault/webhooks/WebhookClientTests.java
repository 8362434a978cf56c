package io.clipvault.webhooks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import io.clipvault.kit.MutableClock;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

class WebhookClientTests {

	private static final String BODY = "{\"job\":\"tälk\"}";

	private final MutableClock clock = new MutableClock(Instant.ofEpochSecond(1_800_000_000));

	@Test
	void sendWhenReceiverTakesItSignsTimestampAndBody() throws Exception {
		try (Receiver receiver = new Receiver()) {
			assertThat(send(open(), receiver.url())).isEqualTo(new Attempt.Taken());
			Receiver.Call call = receiver.calls.getFirst();
			assertThat(call.method()).isEqualTo("POST");
			assertThat(call.path()).isEqualTo("/hook?a=b");
			assertThat(call.body()).isEqualTo(BODY);
			assertThat(call.headers().getFirst("Content-Type")).startsWith("application/json");
			assertThat(call.headers().getFirst("Clipvault-Delivery")).isEqualTo("delivery-1");
			assertThat(call.headers().getFirst("Clipvault-Timestamp")).isEqualTo("1800000000");
			Mac mac = Mac.getInstance("HmacSHA256");
			mac.init(new SecretKeySpec("hush".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
			assertThat(call.headers().getFirst("Clipvault-Signature")).isEqualTo("v1="
					+ HexFormat.of().formatHex(mac.doFinal(("1800000000." + BODY).getBytes(StandardCharsets.UTF_8))));
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 400, 401, 404, 408, 429, 500, 503 })
	void sendWhenReceiverAnswersWithAFailureMisses(int status) {
		try (Receiver receiver = new Receiver().answering(status)) {
			assertThat(send(open(), receiver.url()))
				.isEqualTo(new Attempt.Missed("The receiver answered " + status + "."));
		}
	}

	@Test
	void sendWhenReceiverIsGoneGivesUp() {
		try (Receiver receiver = new Receiver().answering(410)) {
			assertThat(send(open(), receiver.url())).isInstanceOf(Attempt.Refused.class);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 301, 302, 307, 308 })
	void sendWhenReceiverRedirectsDoesNotFollow(int status) {
		try (Receiver receiver = new Receiver().answering(status)) {
			assertThat(send(open(), receiver.url())).asInstanceOf(type(Attempt.Missed.class))
				.extracting(Attempt.Missed::why)
				.asString()
				.contains("redirects are not followed");
			assertThat(receiver.calls).hasSize(1);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://127.0.0.1:%d/", "http://localhost:%d/", "http://[::1]:%d/",
			"http://2130706433:%d/", "http://[::ffff:127.0.0.1]:%d/", "http://0.0.0.0:%d/" })
	void sendWhenHostIsThisMachineRefusesAndConnectsToNothing(String url) {
		try (Receiver receiver = new Receiver()) {
			assertThat(send(new WebhookClient(new InternetAddresses(), this.clock, WebhookClient.DEADLINE),
					url.formatted(receiver.port())))
				.isNotInstanceOf(Attempt.Taken.class);
			assertThat(receiver.calls).isEmpty();
		}
	}

	/** The name answers with a public address once and with a private one ever after. */
	@Test
	void sendWhenNameChangesItsMeaningConnectsOnlyToTheAddressThatWasChecked() {
		AtomicInteger asked = new AtomicInteger();
		DnsResolver rebinding = new DnsResolver() {

			@Override
			public InetAddress[] resolve(String host) {
				// The first leads nowhere, so that nobody outside is called.
				return new InetAddress[] {
						InetAddress.ofLiteral((asked.getAndIncrement() == 0) ? "240.0.0.1" : "127.0.0.1") };
			}

			@Override
			public @Nullable String resolveCanonicalHostname(String host) {
				return null;
			}

		};
		try (Receiver receiver = new Receiver()) {
			Attempt attempt = send(new WebhookClient(rebinding, this.clock, WebhookClient.DEADLINE),
					"http://rebind.example:" + receiver.port() + "/");
			assertThat(attempt).isInstanceOf(Attempt.Missed.class);
			assertThat(receiver.calls).isEmpty();
			assertThat(asked).hasValue(1);
		}
	}

	@Test
	void sendWhenHostIsUnknownOrClosedSaysSo() throws IOException {
		int port;
		try (ServerSocket closed = new ServerSocket(0)) {
			port = closed.getLocalPort();
		}
		assertThat(send(open(), "http://127.0.0.1:" + port)).asInstanceOf(type(Attempt.Missed.class))
			.extracting(Attempt.Missed::why)
			.asString()
			.contains("'127.0.0.1' could not be reached");
		assertThat(send(open(), "http://nowhere.invalid/"))
			.isEqualTo(new Attempt.Missed("The host 'nowhere.invalid' is unknown."));
	}

	@Test
	void sendWhenReceiverSpeaksPlainHttpOnHttpsSaysThatTheConnectionIsNotSecure() throws IOException {
		try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			Thread.ofVirtual().start(() -> talkForever(server, "\r\n"));
			assertThat(send(open(), "https://127.0.0.1:" + server.getLocalPort()))
				.asInstanceOf(type(Attempt.Missed.class))
				.extracting(Attempt.Missed::why)
				.asString()
				.startsWith("No secure connection to '127.0.0.1'");
		}
	}

	@Test
	void sendWhenReceiverNeverFinishesItsHeadEndsAtTheDeadline() throws IOException {
		try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			Thread.ofVirtual().start(() -> talkForever(server, "X: y\r\n"));
			WebhookClient client = new WebhookClient(SystemDefaultDnsResolver.INSTANCE, this.clock,
					Duration.ofSeconds(1));
			assertThat(send(client, "http://127.0.0.1:" + server.getLocalPort())).isInstanceOf(Attempt.Missed.class);
		}
	}

	@Test
	void sendWhenAnswerHasAnEndlessBodyLooksAtTheStatusAlone() throws IOException {
		try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			Thread.ofVirtual().start(() -> talkForever(server, "Content-Length: 999999999999\r\n\r\n"));
			assertThat(send(open(), "http://127.0.0.1:" + server.getLocalPort())).isEqualTo(new Attempt.Taken());
		}
	}

	private static void talkForever(ServerSocket server, String next) {
		try (Socket socket = server.accept()) {
			byte[] words = next.getBytes(StandardCharsets.US_ASCII);
			socket.getOutputStream().write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII));
			socket.getOutputStream().write(words);
			while (socket.getInputStream().read() >= 0) {
				socket.getOutputStream().write('z');
			}
		}
		catch (IOException gone) {
			// The client has had enough: the test looks at what it made of it.
		}
	}

	private WebhookClient open() {
		return new WebhookClient(SystemDefaultDnsResolver.INSTANCE, this.clock, WebhookClient.DEADLINE);
	}

	private static Attempt send(WebhookClient client, String url) {
		Attempt attempt = client.send(new Delivery("delivery-1", new WebhookTarget(url, "hush"), BODY, 1));
		client.destroy();
		return attempt;
	}

}
