package io.clipvault.jobs.runs;

import java.time.Duration;
import java.time.Instant;

import io.clipvault.kit.OnPostgres;
import io.clipvault.layouts.JobId;
import io.clipvault.problems.Problem;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.ContextConfiguration;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * On Postgres, where only its heartbeats tell whether a process on another host lives.
 */
@ContextConfiguration(initializers = OnPostgres.class)
class DurableJobsOnPostgresIntegrationTests extends DurableJobs {

	@Test
	void jobWhoseCancelledRunHasNoHeartbeatAnyMoreIsFree() {
		JobId living = cancelled("living", Instant.now());
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> this.holds.hold(living));
		JobId dead = cancelled("dead", Instant.now().minus(Duration.ofMinutes(1)));
		this.holds.hold(dead).close();
	}

}
