package io.clipvault.jobs.runs;

import java.time.Duration;
import java.time.Instant;

import io.clipvault.jobs.ledger.Job;
import io.clipvault.kit.MutableClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class RetryPlanTests {

	private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

	private static final RetrySettings SETTINGS = new RetrySettings(9, Duration.ofSeconds(5), Duration.ofMinutes(15),
			Duration.ofDays(7));

	private final MutableClock clock = new MutableClock(NOW);

	private final RetryPlan plan = new RetryPlan(SETTINGS, this.clock);

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

	@ParameterizedTest
	@CsvSource({ "0, 15", "1, 30", "2, 60", "4, 240", "5, 360", "40, 360" })
	void afterFailingDoublesTheDelayUpToSixHours(int retries, int minutes) {
		Duration delay = Duration.ofMinutes(minutes);
		assertThat(this.plan.afterFailing(new Job.Failures(8, retries, NOW)).orElseThrow()).isBetween(NOW.plus(delay),
				NOW.plus(delay).plus(delay.dividedBy(20)));
	}

	@Test
	void afterFailingTriesForTheLastTimeWhenItGivesUp() {
		Job.Failures failures = new Job.Failures(8, 9, NOW);
		this.clock.advance(SETTINGS.giveUpAfter().minusHours(1));
		assertThat(this.plan.afterFailing(failures)).contains(NOW.plus(SETTINGS.giveUpAfter()));
		this.clock.advance(Duration.ofHours(1));
		assertThat(this.plan.afterFailing(failures)).isEmpty();
	}

	@Test
	void retriedAfterWhenTheClockWasSetBackCountsFromNow() {
		Job.Failures ahead = new Job.Failures(8, 1, NOW.plus(Duration.ofDays(365)));
		assertThat(ahead.retriedAfter(NOW).since()).isEqualTo(NOW);
		assertThat(new Job.Failures(8, 1, NOW.minusSeconds(1)).retriedAfter(NOW).since())
			.isEqualTo(NOW.minusSeconds(1));
	}

	@Test
	void afterFailingWhenNothingIsTriedAgainIsEmpty() {
		RetryPlan never = new RetryPlan(
				new RetrySettings(9, Duration.ofSeconds(5), Duration.ofMinutes(15), Duration.ZERO), this.clock);
		assertThat(never.afterFailing(Job.Failures.NONE)).isEmpty();
	}

}
