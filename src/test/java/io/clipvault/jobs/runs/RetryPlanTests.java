package io.clipvault.jobs.runs;

import java.time.Duration;
import java.time.Instant;

import io.clipvault.kit.MutableClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class RetryPlanTests {

	private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

	private final RetryPlan plan = new RetryPlan(new RetrySettings(9, Duration.ofSeconds(5)), new MutableClock(NOW));

	@ParameterizedTest
	@CsvSource({ "1, 5", "2, 10", "3, 20", "7, 300", "8, 300" })
	void afterWhenThereAreMoreFailuresDoublesTheDelayUpToFiveMinutesAndSubtractsAtMostHalf(int failures, int seconds) {
		assertThat(this.plan.after(failures).orElseThrow()).isBetween(NOW.plusMillis(seconds * 500L),
				NOW.plusSeconds(seconds));
	}

	@Test
	void afterWhenItWasTheLastFailureIsEmpty() {
		assertThat(this.plan.after(9)).isEmpty();
	}

}
