package io.clipvault.storage;

import java.net.URI;
import java.time.Instant;

import io.clipvault.problems.StartRefused;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class CredentialsConfigurationTests {

	private static final StoreConnection OUTSIDE = new StoreConnection("Amazon S3", null, "us-east-1", null, null);

	private final MockEnvironment environment = new MockEnvironment();

	private AwsCredentials resolved(StoreConnection connection) {
		return new CredentialsConfiguration().credentialsProvider(connection, this.environment).resolveCredentials();
	}

	@Test
	void credentialsWhenTheEngineHasKeysAreThose() {
		AwsCredentials credentials = resolved(
				new StoreConnection("engine", URI.create("http://127.0.0.1:1"), "us-east-1", "access", "secret"));
		assertThat(credentials.accessKeyId()).isEqualTo("access");
		assertThat(credentials.secretAccessKey()).isEqualTo("secret");
	}

	@Test
	void credentialsWhenVariablesAreSetAreThoseWithTheirToken() {
		this.environment.setProperty("AWS_ACCESS_KEY_ID", "access");
		this.environment.setProperty("AWS_SECRET_ACCESS_KEY", " secret ");
		assertThat(resolved(OUTSIDE).secretAccessKey()).isEqualTo("secret");

		this.environment.setProperty("AWS_SESSION_TOKEN", "token");
		assertThat(resolved(OUTSIDE)).isInstanceOfSatisfying(AwsSessionCredentials.class,
				(session) -> assertThat(session.sessionToken()).isEqualTo("token"));
	}

	@Test
	void credentialsWhenTheirEndIsGivenHaveIt() {
		this.environment.setProperty("AWS_ACCESS_KEY_ID", "access");
		this.environment.setProperty("AWS_SECRET_ACCESS_KEY", "secret");
		this.environment.setProperty("AWS_SESSION_TOKEN", "token");
		assertThat(resolved(OUTSIDE).expirationTime()).isEmpty();

		this.environment.setProperty("AWS_CREDENTIAL_EXPIRATION", "2026-01-02T03:04:05+00:00");
		assertThat(resolved(OUTSIDE).expirationTime()).hasValue(Instant.parse("2026-01-02T03:04:05Z"));

		this.environment.setProperty("AWS_CREDENTIAL_EXPIRATION", "tomorrow");
		assertThatExceptionOfType(StartRefused.class).isThrownBy(() -> resolved(OUTSIDE))
			.withMessageContaining("tomorrow");
	}

	@Test
	void credentialsWhenHalfIsMissingAreRefused() {
		this.environment.setProperty("AWS_ACCESS_KEY_ID", "access");
		assertThatExceptionOfType(StartRefused.class).isThrownBy(() -> resolved(OUTSIDE))
			.withMessage("Only one of AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY is set.");
	}

	@Test
	void connectionDoesNotPrintItsKeys() {
		assertThat(new StoreConnection("engine", URI.create("http://127.0.0.1:1"), "us-east-1", "access", "secret"))
			.hasToString("engine at http://127.0.0.1:1");
	}

}
