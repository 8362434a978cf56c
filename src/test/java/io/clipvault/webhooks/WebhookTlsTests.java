package io.clipvault.webhooks;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Instant;

import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;

import io.clipvault.kit.FreshFolders;
import io.clipvault.kit.MutableClock;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.core5.ssl.SSLContexts;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import static org.assertj.core.api.Assertions.assertThat;

/** Whom a webhook is told over TLS: the host of its URL alone. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebhookTlsTests {

	private static final char[] PASSWORD = "changeit".toCharArray();

	/** Every name is this machine's, as if it had been checked. */
	private static final DnsResolver HERE = new DnsResolver() {

		@Override
		public InetAddress[] resolve(String host) {
			return new InetAddress[] { InetAddress.getLoopbackAddress() };
		}

		@Override
		public @Nullable String resolveCanonicalHostname(String host) {
			return null;
		}

	};

	private final Path store = FreshFolders.create("tls").resolve("hook.p12");

	@SuppressWarnings("NullAway.Init")
	private SSLContext certified;

	@BeforeAll
	void certify() throws Exception {
		Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
				"-genkeypair", "-alias", "hook", "-keyalg", "EC", "-groupname", "secp256r1", "-dname",
				"CN=hook.example", "-ext", "san=dns:hook.example", "-validity", "2", "-storetype", "PKCS12",
				"-storepass", new String(PASSWORD), "-keystore", this.store.toString())
			.inheritIO()
			.start();
		assertThat(keytool.waitFor()).isZero();
		this.certified = SSLContexts.custom()
			.loadKeyMaterial(this.store, PASSWORD, PASSWORD)
			.loadTrustMaterial(this.store, PASSWORD)
			.build();
	}

	@Test
	void sendWhenTheCertificateIsForTheHostAsksForThatHostAndDelivers() {
		try (Receiver receiver = new Receiver(this.certified)) {
			assertThat(send(this.certified, "hook.example", receiver)).isEqualTo(new Attempt.Taken());
			assertThat(receiver.calls.getFirst().names()).containsExactly(new SNIHostName("hook.example"));
			assertThat(receiver.calls.getFirst().headers().getFirst("Host"))
				.isEqualTo("hook.example:" + receiver.port());
		}
	}

	@Test
	void sendWhenATrustedCertificateIsForAnotherHostTellsItNothing() {
		try (Receiver receiver = new Receiver(this.certified)) {
			assertThat(send(this.certified, "other.example", receiver)).isEqualTo(new Attempt.Missed(
					"No secure connection to 'other.example': No subject alternative DNS name matching other.example found."));
			assertThat(receiver.calls).isEmpty();
		}
	}

	@Test
	void sendWhenNobodyVouchesForTheCertificateTellsItNothing() {
		try (Receiver receiver = new Receiver(this.certified)) {
			assertThat(send(SSLContexts.createDefault(), "hook.example", receiver)).isEqualTo(new Attempt.Missed(
					"No secure connection to 'hook.example': its certificate is not from an authority that this service's Java trusts."));
			assertThat(receiver.calls).isEmpty();
		}
	}

	private static Attempt send(SSLContext trust, String host, Receiver receiver) {
		WebhookClient client = new WebhookClient(HERE, trust, new MutableClock(Instant.EPOCH), WebhookClient.DEADLINE);
		try {
			return client.send(new Delivery("delivery-1",
					new WebhookTarget("https://%s:%d/".formatted(host, receiver.port()), "hush"), "{}", 1));
		}
		finally {
			client.destroy();
		}
	}

}
