package io.clipvault.uploads;

import java.time.Duration;
import java.util.Map;

import io.clipvault.layouts.ArtifactKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

class DirectUploadSettingsTests {

	private static DirectUploadSettings settings(Map<String, String> properties) {
		return new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate("clipvault.direct-uploads",
				DirectUploadSettings.class);
	}

	@Test
	void directoryWhenNothingIsSetIsNoJobs() {
		DirectUploadSettings usual = settings(Map.of());

		assertThat(usual).isEqualTo(new DirectUploadSettings("_uploads", DataSize.ofGigabytes(5), Duration.ofHours(1)));
		assertThat(ArtifactKey.parse("", usual.directory() + "/talk_metadata.json")).isEmpty();
		assertThat(ArtifactKey.parse("prod/", "prod/" + usual.directory() + "/talk_metadata.json")).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "directory,a", "directory,inbox.2", "largest,1B", "largest,5GB", "lifetime,1s", "lifetime,7d" })
	void settingsAtTheirBoundsAreTaken(String name, String value) {
		assertThat(settings(Map.of("clipvault.direct-uploads." + name, value))).isNotNull();
	}

	@ParameterizedTest
	@CsvSource({ "directory,a/b", "directory,../a", "directory,.a", "largest,0B", "largest,5121MB", "lifetime,999ms",
			"lifetime,169h" })
	void settingsBeyondTheirBoundsAreRefused(String name, String value) {
		assertThatException().isThrownBy(() -> settings(Map.of("clipvault.direct-uploads." + name, value)))
			.havingRootCause()
			.withMessageContaining("clipvault.direct-uploads." + name);
	}

}
