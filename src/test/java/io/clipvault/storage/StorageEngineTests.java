package io.clipvault.storage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

class StorageEngineTests {

	private final MockEnvironment environment = new MockEnvironment();

	@Test
	void chosenWhenNothingIsSetIsEmbedded() {
		assertThat(StorageEngine.chosen(this.environment)).isEqualTo(StorageEngine.EMBEDDED);
	}

	@ParameterizedTest
	@ValueSource(strings = { "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_REGION", "AWS_S3_BUCKET",
			"AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL", "AWS_PROFILE", "AWS_WEB_IDENTITY_TOKEN_FILE" })
	void chosenWhenAVariableOfAwsIsSetIsS3(String variable) {
		this.environment.setProperty(variable, "value");
		assertThat(StorageEngine.chosen(this.environment)).isEqualTo(StorageEngine.S3);
	}

	@Test
	void chosenWhenTheVariableIsEmptyIsEmbedded() {
		this.environment.setProperty("AWS_S3_BUCKET", "");
		assertThat(StorageEngine.chosen(this.environment)).isEqualTo(StorageEngine.EMBEDDED);
	}

	@Test
	void chosenWhenTheEngineIsNamedIsThatOne() {
		this.environment.setProperty("AWS_ACCESS_KEY_ID", "value");
		this.environment.setProperty("clipvault.storage.engine", "embedded");
		assertThat(StorageEngine.chosen(this.environment)).isEqualTo(StorageEngine.EMBEDDED);

		this.environment.setProperty("clipvault.storage.engine", "s3");
		assertThat(StorageEngine.chosen(this.environment)).isEqualTo(StorageEngine.S3);
	}

}
