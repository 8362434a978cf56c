package io.clipvault.links;

import java.time.Duration;

import io.clipvault.problems.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class LinkLifetimeTests {

	@Test
	void ofWhenNothingIsAskedIsAnHour() {
		assertThat(LinkLifetime.of(null).asked()).isEqualTo(Duration.ofHours(1));
	}

	@ParameterizedTest
	@CsvSource({ "1s,PT1S", "90s,PT1M30S", "30m,PT30M", "1h,PT1H", "7d,PT168H", "PT1H30M,PT1H30M", "P7D,PT168H",
			"90,PT1M30S" })
	void ofReadsBothWaysOfWriting(String text, Duration lifetime) {
		assertThat(LinkLifetime.of(text).asked()).isEqualTo(lifetime);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "0s", "999ms", "-1h", "8d", "P7DT1S", "604801", "1w", "an hour", "1h30m",
			"99999999999999999999d", "PT" })
	void ofWhenTextIsOutOfBoundsSaysWhatIsAllowed(String text) {
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> LinkLifetime.of(text))
			.withMessageContaining("from 1s to 7d");
	}

}
