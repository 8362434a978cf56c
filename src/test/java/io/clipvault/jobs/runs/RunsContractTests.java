package io.clipvault.jobs.runs;

import io.clipvault.jobs.Posting;
import io.clipvault.jobs.ledger.Claim;
import io.clipvault.jobs.ledger.Claims;
import io.clipvault.jobs.ledger.Jobs;
import io.clipvault.jobs.ledger.OtherProcess;
import io.clipvault.kit.Caller;
import io.clipvault.kit.JobFolder;
import io.clipvault.kit.SteppedService;
import io.clipvault.kit.SteppedTest;
import io.clipvault.layouts.JobId;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** How runs end and make room for others, on every database. */
@SteppedTest
abstract class RunsContractTests {

	@Autowired
	private SteppedService service;

	@Autowired
	private Jobs jobs;

	@Autowired
	private Claims claims;

	@Autowired
	private JdbcClient database;

	@Test
	void cancelWhenARunIsAtWorkEndsTheJobOnce() {
		OtherProcess other = new OtherProcess(this.claims, this.database);
		Claim running = other.take(posted("unwanted"), this.service.now());

		Caller.Answer cancelled = cancel("unwanted");

		assertThat(cancelled.status()).isEqualTo(200);
		assertThat(cancelled.json().path("status").asString()).isEqualTo("cancelled");
		assertThatExceptionOfType(Claim.Lost.class).isThrownBy(() -> this.claims.requireHeld(running));
		Caller.Answer again = cancel("unwanted");
		assertThat(again.status()).isEqualTo(409);
		assertThat(again.problem()).isEqualTo("job-ended");
	}

	@Test
	void runWhenACancelledRunIsStillAtWorkWaitsAndNobodyRemovesOrRestores() {
		Posting earlier = posted("lingering");
		assertThat(this.service.run("lingering").path("status").asString()).isEqualTo("completed");
		Posting cancelled = posted("lingering");
		assertThat(cancelled.revision()).isGreaterThan(earlier.revision());
		OtherProcess other = new OtherProcess(this.claims, this.database);
		other.take(cancelled, this.service.now());
		cancel("lingering");

		Caller caller = this.service.caller();
		assertThat(caller.send(caller.request("/jobs/lingering/artifacts").DELETE()).problem()).isEqualTo("job-active");
		assertThat(caller.post("/jobs/lingering/restore", "{}").problem()).isEqualTo("job-active");
		posted("lingering");
		assertWaits("lingering");

		other.end(cancelled);
		this.service.advance(JobWorker.RETRY_WHILE_HELD);
		assertWaits("lingering");
		this.service.advance(JobWorker.RETRY_WHILE_HELD);
		assertThat(this.service.run("lingering").path("status").asString()).isEqualTo("completed");
		assertThat(this.service.isScheduled("lingering")).isFalse();
	}

	private void assertWaits(String job) {
		assertThat(this.service.run(job).path("status").asString()).isEqualTo("queued");
		assertThat(this.service.isScheduled(job)).isTrue();
	}

	private Posting posted(String name) {
		JobFolder.create(this.service.root(), name, name).withClips(1);
		assertThat(this.service.caller().postJob(name).status()).isEqualTo(202);
		return this.jobs.get(new JobId(name)).posting();
	}

	private Caller.Answer cancel(String job) {
		Caller caller = this.service.caller();
		return caller.send(caller.request("/jobs/" + job).DELETE());
	}

}
