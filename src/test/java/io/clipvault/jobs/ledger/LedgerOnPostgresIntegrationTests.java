package io.clipvault.jobs.ledger;

import java.time.Duration;

import io.clipvault.kit.OnPostgres;
import io.clipvault.layouts.JobId;
import io.clipvault.problems.Problem;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.ContextConfiguration;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@ContextConfiguration(initializers = OnPostgres.class)
class LedgerOnPostgresIntegrationTests extends LedgerContractTests {

	/** On PostgreSQL only heartbeats tell whether a process on another host lives. */
	@Test
	void holdWhenTheCancelledRunHasNoHeartbeatAnyMoreIsGiven() {
		JobId living = cancelled("living", this.service.now());
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> this.holds.hold(living));
		JobId dead = cancelled("dead", this.service.now().minus(Duration.ofMinutes(1)));
		this.holds.hold(dead).close();
	}

}
