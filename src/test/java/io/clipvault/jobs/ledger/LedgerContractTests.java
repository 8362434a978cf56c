package io.clipvault.jobs.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.clipvault.jobs.JobStatus;
import io.clipvault.jobs.Posting;
import io.clipvault.jobs.folders.JobDirectory;
import io.clipvault.jobs.runs.UploadSchedule;
import io.clipvault.kit.Caller;
import io.clipvault.kit.JobFolder;
import io.clipvault.kit.SteppedService;
import io.clipvault.kit.SteppedTest;
import io.clipvault.layouts.JobId;
import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Who may write the rows of a job, and how jobs are listed, on every database. */
@SteppedTest
abstract class LedgerContractTests {

	@Autowired
	SteppedService service;

	@Autowired
	Holds holds;

	@Autowired
	private Jobs jobs;

	@Autowired
	private JobFiles files;

	@Autowired
	private PartRows parts;

	@Autowired
	private Claims claims;

	@Autowired
	private JobDirectory directories;

	@Autowired
	private UploadSchedule schedule;

	@Autowired
	private TransactionTemplate transaction;

	@Autowired
	private JdbcClient database;

	@Test
	void writeWhenAnotherWorkerTookTheJobWritesNothing() {
		Posting posting = enter("frozen");
		Claim frozen = this.claims.take(posting).orElseThrow();
		Claim other = this.claims.take(posting).orElseThrow();

		assertThatExceptionOfType(Claim.Lost.class).isThrownBy(() -> this.files.end(frozen,
				List.of(new JobFiles.End("frozen_clip_1.mp4", JobStatus.COMPLETED, null, null))));
		assertThatExceptionOfType(Claim.Lost.class)
			.isThrownBy(() -> this.claims.end(frozen, JobStatus.FAILED, "too late", () -> {
			}));
		assertThatExceptionOfType(Claim.Lost.class)
			.isThrownBy(() -> this.parts.begin(frozen, "frozen_clip_1.mp4", new PartRows.Begun("upload", "digest")));
		Job job = this.jobs.get(new JobId("frozen"));
		assertThat(job.status()).isEqualTo(JobStatus.UPLOADING);
		assertThat(job.counts().filesDone()).isZero();
		assertThat(this.parts.find(new JobId("frozen"), "frozen_clip_1.mp4")).isEmpty();

		this.claims.end(other, JobStatus.COMPLETED, null, () -> {
		});
		assertThat(this.jobs.get(new JobId("frozen")).status()).isEqualTo(JobStatus.COMPLETED);
		assertThat(this.claims.take(posting)).isEmpty();
	}

	@Test
	void holdWhenItIsTakenKeepsRunsPostingsAndOtherHoldsOff() {
		JobId id = new JobId("held");
		JobFolder.create(this.service.root(), "held", "held").withClips(1);
		try (Holds.Hold hold = this.holds.hold(id)) {
			hold.renew();
			assertThat(this.service.caller().postJob("held").problem()).isEqualTo("job-active");
			assertThatExceptionOfType(Problem.class).isThrownBy(() -> this.holds.hold(id))
				.satisfies((problem) -> assertThat(problem.type()).isEqualTo(ProblemType.JOB_ACTIVE));
			// Another replica accepted it at the moment at which the hold began.
			this.transaction.executeWithoutResult((status) -> this.schedule.add(enter("held")));
			assertThat(this.service.run("held").path("status").asString()).isEqualTo("queued");
			assertThat(this.service.isScheduled("held")).isTrue();
			assertThatExceptionOfType(Problem.class).isThrownBy(hold::renew);
		}
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> this.holds.hold(id));
		this.service.advance(Duration.ofSeconds(1));
		assertThat(this.service.run("held").path("status").asString()).isEqualTo("completed");
		assertThat(this.service.isScheduled("held")).isFalse();
		this.holds.hold(id).close();
	}

	@Test
	void holdWhenItsProcessWasKilledExpires() {
		Holds.Hold lost = this.holds.hold(new JobId("forgotten"));
		Posting posting = enter("forgotten");
		assertThat(this.claims.take(posting)).isEmpty();
		this.service.advance(Holds.LEASE);
		assertThat(this.claims.take(posting)).isPresent();
		assertThatExceptionOfType(Problem.class).isThrownBy(lost::renew);
	}

	@Test
	void pageWhenItIsFollowedToTheEndHasNoGapAndNoRepetition() {
		for (int number = 0; number < 5; number++) {
			JobFolder.create(this.service.root(), "page-" + number, "page").withClips(1);
			assertThat(this.service.upload("page-" + number).path("status").asString()).isEqualTo("completed");
		}
		String next = "/jobs?status=completed&limit=2";
		List<String> seen = new ArrayList<>();
		while (next != null) {
			Caller.Answer page = this.service.caller().get(next);
			assertThat(page.status()).isEqualTo(200);
			assertThat(page.json().size()).isLessThanOrEqualTo(2);
			page.json().forEach((job) -> seen.add(job.path("id").asString()));
			next = page.header("Link").map((link) -> link.substring(1, link.indexOf('>'))).orElse(null);
		}
		assertThat(seen).doesNotHaveDuplicates().containsSubsequence("page-4", "page-3", "page-2", "page-1", "page-0");
		assertThat(this.service.caller().get("/jobs?cursor=nonsense").status()).isEqualTo(400);
		assertThat(this.service.caller().get("/jobs?status=sleeping").status()).isEqualTo(400);
	}

	/** Cancels a job while a run of another process works on it. */
	final JobId cancelled(String name, Instant heartbeat) {
		JobFolder.create(this.service.root(), name, name).withClips(1);
		Caller caller = this.service.caller();
		assertThat(caller.postJob(name).status()).isEqualTo(202);
		JobId id = new JobId(name);
		new OtherProcess(this.claims, this.database).take(this.jobs.get(id).posting(), heartbeat);
		assertThat(caller.send(caller.request("/jobs/" + name).DELETE()).status()).isEqualTo(200);
		return id;
	}

	private Posting enter(String name) {
		JobFolder.create(this.service.root(), name, name).withClips(1);
		JobId id = new JobId(name);
		return this.jobs.enter(id, name, this.directories.artifacts(id, name), null);
	}

}
