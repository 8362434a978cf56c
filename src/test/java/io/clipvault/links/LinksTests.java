package io.clipvault.links;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

import io.clipvault.kit.Caller;
import io.clipvault.kit.Form;
import io.clipvault.kit.MutableClock;
import io.clipvault.kit.StoreUnderTest;
import io.clipvault.problems.Problem;
import io.clipvault.storage.ObjectKey;
import io.clipvault.storage.Store;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** The addresses and the lifetimes of links, without a store. */
class LinksTests {

	private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

	private static final LinkRequest PLAIN = new LinkRequest("a", null, null, null, null, null, null);

	private static StoreUnderTest store(String bucket, String endpoint, String pathStyle, String publicEndpoint) {
		return StoreUnderTest.with(Map.of("clipvault.storage.engine", "s3", "clipvault.storage.bucket", bucket,
				"clipvault.storage.endpoint", endpoint, "clipvault.storage.path-style", pathStyle,
				"clipvault.links.public-endpoint", publicEndpoint, "AWS_ACCESS_KEY_ID", "AKID", "AWS_SECRET_ACCESS_KEY",
				"secret"));
	}

	@ParameterizedTest
	@CsvSource({ "clips, http://10.0.0.1:9000, true,  https://s3.example.org, https://s3.example.org/clips",
			"clips, http://10.0.0.1:9000, false, https://s3.example.org, https://clips.s3.example.org",
			"clips, http://10.0.0.1:9000, true,  '',                     http://10.0.0.1:9000/clips",
			"clips, '',                   '',    '',                     https://clips.s3.amazonaws.com",
			"my.clips, '',                '',    '',                     https://s3.amazonaws.com/my.clips" })
	void linksLeadToTheAddressThatBrowsersSee(String bucket, String endpoint, String pathStyle, String publicEndpoint,
			String address) {
		try (StoreUnderTest store = store(bucket, endpoint, pathStyle, publicEndpoint)) {
			Links links = store.bean(Links.class);

			assertThat(links.bucketAddress()).hasToString(address);
			assertThat(links.toRead("job/a b.mp4", Duration.ofHours(2))).startsWith(address + "/job/a%20b.mp4?")
				.contains("X-Amz-Expires=7200");
			assertThat(links.address("job/a b.mp4")).hasToString(address + "/job/a%20b.mp4");
			assertThat(links.publicUrl("job/a b.mp4")).isNull();
		}
	}

	@Test
	void linksWhenCredentialsAreTemporaryEndWithThem() {
		try (StoreUnderTest store = store("clips", "http://10.0.0.1:9000", "true", "")) {
			MutableClock clock = new MutableClock(NOW);
			Links links = links(store, session(NOW.plus(Duration.ofMinutes(20))), clock);

			assertThat(links.within(Duration.ofHours(1))).isEqualTo(Duration.ofMinutes(20));
			assertThat(links.within(Duration.ofMinutes(20))).isEqualTo(Duration.ofMinutes(20));
			assertThat(links.within(Duration.ofMinutes(1))).isEqualTo(Duration.ofMinutes(1));
			assertThat(links.toRead("a", Duration.ofHours(2))).contains("X-Amz-Expires=1200");
			ShareLink link = links.share(new ObjectKey("a"), PLAIN, LinkLifetime.of("7d"));
			assertThat(link.url().getQuery()).contains("X-Amz-Expires=1200");
			assertThat(Duration.between(Instant.now(), link.expiresAt())).isLessThan(Duration.ofMinutes(21));

			clock.advance(Duration.ofMinutes(20).minusMillis(1500));
			assertThat(links.within(Duration.ofHours(1))).isEqualTo(Duration.ofSeconds(1));
			clock.advance(Duration.ofSeconds(1));
			assertThatExceptionOfType(Problem.class).isThrownBy(() -> links.within(Duration.ofHours(1)))
				.withMessageContaining("expired");
		}
	}

	@Test
	void linksForThePublicAddressOpenThere() throws IOException {
		int port;
		try (ServerSocket free = new ServerSocket(0)) {
			port = free.getLocalPort();
		}
		try (StoreUnderTest store = StoreUnderTest.with(Map.of("clipvault.embedded.port", Integer.toString(port),
				"clipvault.links.public-endpoint", "http://localhost:" + port))) {
			String bucket = store.serviceBucket();
			store.s3().putObject((put) -> put.bucket(bucket).key("a b.mp4"), RequestBody.fromString("bytes"));

			String link = store.bean(Links.class).toRead("a b.mp4", Duration.ofMinutes(5));
			assertThat(link).startsWith("http://localhost:" + port + "/" + bucket + "/a%20b.mp4?");
			Caller caller = store.caller();
			assertThat(caller.send(caller.request(link)).body()).asString().isEqualTo("bytes");
			Form form = Form.of(caller.post("/uploads", "{\"file_name\": \"a.mp4\"}").json());
			assertThat(form.url()).isEqualTo("http://localhost:" + port + "/" + bucket);
			assertThat(form.post(caller, new byte[10]).status()).isEqualTo(201);
			assertThat(caller.send(caller.request(link.replace("localhost", "127.0.0.1"))).status())
				.as("the signature is valid for one address only")
				.isEqualTo(403);
		}
	}

	@Test
	void publicUrlWhenTheBucketIsPublicNeedsNoSignature() {
		try (StoreUnderTest store = store("clips", "http://10.0.0.1:9000", "true", "")) {
			Links links = new Links(store.bean(S3Presigner.class), store.bean(AwsCredentialsProvider.class),
					store.bean(Store.class), Clock.systemUTC(),
					new LinkSettings(null, URI.create("https://cdn.example.org")));

			assertThat(Optional.ofNullable(links.publicUrl("job/Übung #1.mp4")))
				.hasValue(URI.create("https://cdn.example.org/job/%C3%9Cbung%20%231.mp4"));
		}
	}

	private static AwsCredentialsProvider session(Instant end) {
		return StaticCredentialsProvider.create(AwsSessionCredentials.builder()
			.accessKeyId("AKID")
			.secretAccessKey("secret")
			.sessionToken("token")
			.expirationTime(end)
			.build());
	}

	private static Links links(StoreUnderTest store, AwsCredentialsProvider credentials, Clock clock) {
		return new Links(store.bean(S3Presigner.class), credentials, store.bean(Store.class), clock,
				new LinkSettings(null, null));
	}

}
