package io.clipvault.jobs.runs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;

import io.clipvault.jobs.Posting;
import io.clipvault.jobs.ledger.Claim;
import io.clipvault.jobs.ledger.Claims;
import io.clipvault.jobs.ledger.Job;
import io.clipvault.jobs.ledger.Jobs;
import io.clipvault.jobs.ledger.OtherProcess;
import io.clipvault.kit.Caller;
import io.clipvault.kit.JobFolder;
import io.clipvault.kit.SteppedService;
import io.clipvault.kit.SteppedTest;
import io.clipvault.layouts.JobId;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
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
	private JobEnds ends;

	@Autowired
	private Sweep sweep;

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

	@Test
	void jobWhenTheJobsRootIsAwayFailsAndCompletesByItselfOnceItIsBack() throws IOException {
		posted("unmounted");
		Path root = this.service.root();
		Path away = root.resolveSibling("away-" + root.getFileName());
		Files.move(root, away);
		Files.createDirectory(root);
		JsonNode failed = this.service.runUntilEnded("unmounted");
		assertThat(failed.path("status").asString()).isEqualTo("failed");
		assertThat(failed.path("error").asString()).contains("The jobs root is not there");
		Instant next = Instant.parse(failed.path("next_attempt_at").asString());
		assertThat(next).isAfter(this.service.now().plus(Duration.ofMinutes(14)));

		this.service.advance(Duration.ofMinutes(20));
		JsonNode again = this.service.run("unmounted");
		assertThat(again.path("status").asString()).isEqualTo("failed");
		assertThat(Instant.parse(again.path("next_attempt_at").asString()))
			.isAfter(this.service.now().plus(Duration.ofMinutes(29)));

		Files.delete(root);
		Files.move(away, root);
		this.service.advance(Duration.ofMinutes(40));
		JsonNode completed = this.service.run("unmounted");
		assertThat(completed.path("status").asString()).isEqualTo("completed");
		assertThat(completed.path("next_attempt_at").isNull()).isTrue();
		assertThat(completed.path("error").isNull()).isTrue();
	}

	@Test
	void cancelWhenAFailedJobIsTriedAgainEndsThat() {
		failed("surrendered");
		assertThat(cancel("surrendered").json().path("status").asString()).isEqualTo("cancelled");
		this.service.advance(Duration.ofHours(1));
		assertThat(this.service.run("surrendered").path("status").asString()).isEqualTo("cancelled");
		assertThat(this.service.isScheduled("surrendered")).isFalse();
	}

	@Test
	void cancelWhenAReplicaOfAnOlderVersionDoesItEndsTheRetriesToo() {
		failed("cancelled-elsewhere");
		this.database.sql("UPDATE job SET status = 'cancelled', claim = claim + 1 WHERE id = 'cancelled-elsewhere'")
			.update();
		this.service.advance(Duration.ofHours(1));
		assertThat(this.service.run("cancelled-elsewhere").path("status").asString()).isEqualTo("cancelled");
		this.sweep.repairSchedule();
		JsonNode job = this.service.run("cancelled-elsewhere");
		assertThat(job.path("status").asString()).isEqualTo("cancelled");
		assertThat(job.path("next_attempt_at").isNull()).isTrue();
		assertThat(this.service.isScheduled("cancelled-elsewhere")).isFalse();
	}

	@Test
	void removalWhenAFailedJobIsTriedAgainEndsThat() {
		failed("removed-for-good");
		Caller caller = this.service.caller();
		Caller.Answer nothing = caller.send(caller.request("/jobs/removed-for-good/artifacts").DELETE());
		assertThat(nothing.problem()).isEqualTo("no-artifacts");
		JsonNode job = caller.get("/jobs/removed-for-good").json();
		assertThat(job.path("status").asString()).isEqualTo("failed");
		assertThat(job.path("next_attempt_at").isNull()).isTrue();
	}

	@Test
	void postWhenAFailedJobIsTriedAgainBeginsAnew() {
		failed("repaired");
		posted("repaired");
		assertThat(this.service.run("repaired").path("status").asString()).isEqualTo("completed");
		this.service.advance(Duration.ofHours(1));
		assertThat(this.service.run("repaired").path("attempts").asInt()).isOne();
		assertThat(this.service.isScheduled("repaired")).isFalse();
	}

	@Test
	void retryWhenItsEntryInTheScheduleIsLostIsFoundByTheSweep() {
		Posting posting = failed("dropped");
		new OtherProcess(this.claims, this.database).end(posting);
		this.service.advance(Duration.ofMinutes(16));
		this.sweep.repairSchedule();
		assertThat(this.service.isScheduled("dropped")).isFalse();
		this.service.advance(Sweep.OVERDUE);
		this.sweep.repairSchedule();
		assertThat(this.service.run("dropped").path("status").asString()).isEqualTo("completed");
	}

	@Test
	void jobWhenTheClockWasSetBackIsNotTriedAgainOnlyOnceItHasCaughtUp() {
		Posting posting = failed("ahead");
		reschedule(posting, this.service.now().plus(Duration.ofHours(6)));
		this.sweep.repairSchedule();
		assertThat(this.service.run("ahead").path("status").asString()).isEqualTo("failed");
		reschedule(posting, this.service.now().plus(Duration.ofDays(365)));
		this.sweep.repairSchedule();
		assertThat(this.service.run("ahead").path("status").asString()).isEqualTo("completed");
	}

	private void reschedule(Posting posting, Instant next) {
		this.database.sql("UPDATE scheduled_tasks SET execution_time = ? WHERE task_instance = ?")
			.params(Timestamp.from(next), posting.toString())
			.update();
	}

	/** Fails a job as a store that refuses does, so that it is tried again. */
	private Posting failed(String name) {
		Posting posting = posted(name);
		Claim claim = this.claims.take(posting).orElseThrow();
		Instant next = this.service.now().plus(Duration.ofMinutes(15));
		this.ends.failUntil(next, claim, "There is no bucket.", new Job.Failures(0, 1, this.service.now()));
		reschedule(posting, next);
		return posting;
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
