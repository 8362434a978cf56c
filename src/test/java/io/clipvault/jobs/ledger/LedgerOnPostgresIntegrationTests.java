package io.clipvault.jobs.ledger;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.clipvault.jobs.Posting;
import io.clipvault.kit.OnPostgres;
import io.clipvault.layouts.JobId;
import io.clipvault.problems.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.test.context.ContextConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
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

	@Test
	@Timeout(60)
	void takeWhenTheRunThatItReplacesIsWritingCountsWhatThatWrites() throws Exception {
		Posting posting = enter("counted-late");
		Claim claim = this.claims.take(posting).orElseThrow();
		this.parts.begin(claim, "counted-late_clip_1.mp4", new PartRows.Begun("upload", "digest"));
		try (ExecutorService other = Executors.newVirtualThreadPerTaskExecutor()) {
			Future<Optional<Claim>> taken = Objects.requireNonNull(this.transaction.execute((status) -> {
				this.parts.add(claim, "counted-late_clip_1.mp4", 1, "tag", 5);
				Future<Optional<Claim>> waiting = other.submit(() -> this.claims.take(posting));
				while (waitingForLocks() == 0) {
					Thread.onSpinWait();
				}
				return waiting;
			}));
			assertThat(taken.get()).isPresent();
		}
		assertCounted(posting.job());
		assertThat(this.database.sql("SELECT bytes_sent FROM job WHERE id = 'counted-late'").query(Long.class).single())
			.isEqualTo(5);
	}

	private long waitingForLocks() {
		return this.database.sql("SELECT COUNT(*) FROM pg_locks WHERE NOT granted").query(Long.class).single();
	}

}
