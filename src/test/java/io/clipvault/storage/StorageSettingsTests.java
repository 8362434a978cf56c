package io.clipvault.storage;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class StorageSettingsTests {

	private static StorageSettings bound(Map<String, String> properties) {
		return new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate("clipvault.storage",
				StorageSettings.class);
	}

	@Test
	void settingsWhenNothingIsSetAreTheDefaults() {
		StorageSettings settings = bound(Map.of());
		assertThat(settings.bucket()).isEqualTo("openshorts.app-clips");
		assertThat(settings.region()).isEqualTo("us-east-1");
		assertThat(settings.endpoint()).isNull();
		assertThat(settings.prefix()).isEmpty();
	}

	@Test
	void settingsWhenAVariableIsPassedOnEmptyAreTheDefaults() {
		StorageSettings settings = bound(Map.of("clipvault.storage.bucket", "", "clipvault.storage.region", "",
				"clipvault.storage.endpoint", ""));
		assertThat(settings.bucket()).isEqualTo("openshorts.app-clips");
		assertThat(settings.region()).isEqualTo("us-east-1");
		assertThat(settings.endpoint()).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "prefix, clips", "prefix, /clips/", "endpoint, s3.example.org", "max-attempts, 0",
			"acceleration, true" })
	void settingsWhenTheyCannotWorkAreRefused(String name, String value) {
		assertThatExceptionOfType(BindException.class)
			.isThrownBy(() -> bound(Map.of("clipvault.storage." + name, value)));
	}

	@Test
	void settingsWhenAccelerationFitsTheBucketAreTaken() {
		assertThat(bound(Map.of("clipvault.storage.acceleration", "true", "clipvault.storage.bucket", "clips"))
			.acceleration()).isTrue();
	}

}
