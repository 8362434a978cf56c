package io.clipvault.jobs.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.clipvault.jobs.JobStatus;
import io.clipvault.jobs.Posting;
import io.clipvault.jobs.folders.ContentDigest;
import io.clipvault.jobs.folders.JobDirectory;
import io.clipvault.jobs.runs.UploadSchedule;
import io.clipvault.kit.Caller;
import io.clipvault.kit.JobFolder;
import io.clipvault.kit.SteppedService;
import io.clipvault.kit.SteppedTest;
import io.clipvault.layouts.JobId;
import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import io.clipvault.webhooks.Deliveries;
import io.clipvault.webhooks.WebhookTarget;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
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
	PartRows parts;

	@Autowired
	private History history;

	@Autowired
	private Deliveries deliveries;

	@Autowired
	Claims claims;

	@Autowired
	private JobDirectory directories;

	@Autowired
	private UploadSchedule schedule;

	@Autowired
	TransactionTemplate transaction;

	@Autowired
	JdbcClient database;

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
	void holdWhenItExpiredButNobodyElseWorkedOnTheJobIsRenewedUntilItsRowIsOld() {
		try (Holds.Hold slow = this.holds.hold(new JobId("slow"))) {
			this.service.advance(Holds.LEASE.plusHours(1));
			this.history.forgetOld();
			slow.renew();
			this.service.advance(Holds.LEASE.plusDays(1).plusSeconds(1));
			this.history.forgetOld();
			assertThatExceptionOfType(Problem.class).isThrownBy(slow::renew);
		}
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

	@Test
	void filesOfALargeJobAreOnPagesAndCountedWithoutBeingRead() {
		JobFolder.create(this.service.root(), "wide", "wide").withClips(129);
		JsonNode accepted = this.service.caller().postJob("wide").json();
		assertThat(accepted.path("files_total").asInt()).isEqualTo(130);
		assertThat(accepted.path("files").size()).isEqualTo(100);
		assertThat(accepted.path("files_omitted").asInt()).isEqualTo(30);

		JsonNode ended = this.service.run("wide");

		assertThat(ended.path("files_done").asInt()).isEqualTo(130);
		assertThat(ended.path("bytes_done").asLong()).isEqualTo(ended.path("bytes_total").asLong())
			.isEqualTo(this.files.of(new JobId("wide")).stream().mapToLong(JobFile::size).sum());
		List<String> names = new ArrayList<>();
		String next = "/jobs/wide/files?limit=50&status=completed";
		while (next != null) {
			Caller.Answer page = this.service.caller().get(next);
			page.json().forEach((file) -> names.add(file.path("name").asString()));
			next = page.header("Link").map((link) -> link.substring(1, link.indexOf('>'))).orElse(null);
		}
		assertThat(names).hasSize(130).doesNotHaveDuplicates().last().isEqualTo("wide_metadata.json");
		assertThat(this.service.caller().get("/jobs/wide/files?status=failed").json().size()).isZero();
		assertThat(this.service.caller().get("/jobs/nobody/files").problem()).isEqualTo("job-not-found");
		assertThat(this.service.caller().get("/jobs/wide/files?cursor=nonsense").status()).isEqualTo(400);
	}

	@Test
	void countersWhenPartsArriveAndVanishAreTheSumsOfTheFiles() {
		Posting posting = enter("counted");
		JobId id = posting.job();
		Claim claim = this.claims.take(posting).orElseThrow();
		this.parts.begin(claim, "counted_clip_1.mp4", new PartRows.Begun("upload", "digest"));
		this.parts.add(claim, "counted_clip_1.mp4", 1, "tag", 5);
		this.parts.add(claim, "counted_clip_1.mp4", 2, "tag", 5);
		this.parts.remove(claim, "counted_clip_1.mp4", List.of(2), 5);
		assertCounted(id);
		assertThat(this.jobs.get(id).counts().bytesDone()).isEqualTo(5);

		ContentDigest digest = new ContentDigest(7, ContentDigest.WHOLE, List.of("00"));
		this.files.end(claim, List.of(new JobFiles.End("counted_clip_1.mp4", JobStatus.COMPLETED, digest, null)));
		assertCounted(id);
		assertThat(this.jobs.get(id).counts().filesDone()).isOne();
		this.files.sendAgain(claim, this.files.of(id).subList(0, 1));
		assertCounted(id);
		assertThat(this.jobs.get(id).counts().filesDone()).isZero();
		this.parts.add(claim, "counted_clip_1.mp4", 1, "tag", 5);

		// An older version writes no counters.
		this.database
			.sql("UPDATE job SET files = NULL, files_sent = NULL, bytes = NULL, bytes_sent = NULL WHERE id = ?")
			.param("counted")
			.update();
		assertCounted(id);
		assertThat(this.claims.take(posting)).isPresent();
		assertThat(this.database.sql("SELECT bytes_sent FROM job WHERE id = 'counted'").query(Long.class).single())
			.isEqualTo(5);
		this.parts.clear(id);
		assertCounted(id);
		assertThat(this.jobs.get(id).counts().bytesDone()).isZero();
	}

	@Test
	void failuresWhenBytesArriveOfAnUploadThatBeganAnewAreCountedFromTheStart() {
		Posting posting = enter("anew");
		JobId id = posting.job();
		Job.Failures failures = new Job.Failures(7, 9, this.service.now());
		Claim claim = this.claims.take(posting).orElseThrow();
		this.parts.begin(claim, "anew_clip_1.mp4", new PartRows.Begun("lost", "digest"));
		this.parts.add(claim, "anew_clip_1.mp4", 1, "tag", 8);
		this.claims.postpone(claim, "The store is busy.", failures);
		this.parts.begin(claim, "anew_clip_1.mp4", new PartRows.Begun("anew", "digest"));
		assertThat(this.claims.failures(id).count()).isEqualTo(7);
		this.parts.add(claim, "anew_clip_1.mp4", 1, "tag", 3);
		assertThat(this.claims.failures(id)).isEqualTo(Job.Failures.NONE);

		this.claims.postpone(claim, "The store is busy.", failures);
		this.files.end(claim, List.of(new JobFiles.End("anew_metadata.json", JobStatus.QUEUED, null, "busy")));
		assertThat(this.claims.failures(id).count()).isEqualTo(7);
		this.files.end(claim, List.of(new JobFiles.End("anew_metadata.json", JobStatus.COMPLETED,
				new ContentDigest(7, ContentDigest.WHOLE, List.of("00")), null)));
		assertThat(this.claims.failures(id)).isEqualTo(Job.Failures.NONE);
	}

	@Test
	void uploadsOfFilesThatTheCurrentPostingLacksAreRemovedWithTheirParts() {
		Posting posting = enter("renamed");
		Claim claim = this.claims.take(posting).orElseThrow();
		this.parts.begin(claim, "renamed_clip_1.mp4", new PartRows.Begun("upload", "digest"));
		this.parts.add(claim, "renamed_clip_1.mp4", 1, "tag", 5);
		this.parts.removeForeign(claim);
		assertThat(this.parts.etags(posting.job(), "renamed_clip_1.mp4")).hasSize(1);
		this.database.sql("DELETE FROM job_file WHERE job_id = 'renamed' AND name = 'renamed_clip_1.mp4'").update();
		this.parts.removeForeign(claim);
		assertThat(this.parts.uploads(posting.job())).isEmpty();
		assertThat(this.parts.etags(posting.job(), "renamed_clip_1.mp4")).isEmpty();
	}

	final void assertCounted(JobId id) {
		List<JobFile> all = this.files.of(id);
		assertThat(this.jobs.get(id).counts()).isEqualTo(
				new Job.Counts(all.stream().filter((file) -> file.status() == JobStatus.COMPLETED).count(), all.size(),
						all.stream().mapToLong(JobFile::bytesDone).sum(), all.stream().mapToLong(JobFile::size).sum()));
	}

	@Test
	void historyForgetsJobsThatEndedLongAgoButNotWhatAnAuditCompares() {
		JobFolder.create(this.service.root(), "ancient", "ancient").withClips(1);
		this.service.upload("ancient");
		enter("given-up");
		this.claims.cancel(new JobId("given-up"), () -> {
		});
		Posting waiting = enter("waiting");
		this.claims.fail(this.claims.take(waiting).orElseThrow(), "There is no bucket.", Job.Failures.NONE,
				this.service.now().plus(Duration.ofDays(100)), () -> {
				});
		this.database.sql("UPDATE job SET untidy = 0 WHERE id = 'given-up'").update();
		this.service.advance(Duration.ofDays(89));
		this.history.forgetOld();
		assertThat(this.jobs.find(new JobId("ancient"))).isPresent();

		this.service.advance(Duration.ofDays(1).plusSeconds(1));
		assertThat(this.history.forgetOld()).isGreaterThanOrEqualTo(2);

		assertThat(this.service.caller().get("/jobs/ancient").problem()).isEqualTo("job-not-found");
		assertThat(this.files.of(new JobId("ancient"))).hasSize(2);
		assertThat(this.jobs.find(new JobId("given-up"))).isEmpty();
		assertThat(this.files.of(new JobId("given-up"))).isEmpty();
		assertThat(this.jobs.find(new JobId("waiting"))).isPresent();
		assertThat(this.service.upload("ancient").path("files_done").asInt()).isEqualTo(2);
	}

	@Test
	void postWhenTheHistoryForgotTheJobIsNotTakenForAnEarlierPosting() {
		Posting forgotten = enter("reborn");
		Claim late = this.claims.take(forgotten).orElseThrow();
		this.deliveries.enqueue(forgotten.subject(), new WebhookTarget("http://127.0.0.1:9/", "hush"), "{}");
		this.claims.cancel(new JobId("reborn"), () -> {
		});
		this.database.sql("UPDATE job SET untidy = 0 WHERE id = 'reborn'").update();
		this.database.sql("UPDATE webhook_delivery SET status = 'failed' WHERE subject = ?")
			.param(forgotten.subject())
			.update();
		this.service.advance(Duration.ofDays(90).plusSeconds(1));
		this.history.forgetOld();
		assertThat(this.jobs.find(new JobId("reborn"))).isEmpty();
		assertThat(this.deliveries.last(forgotten.subject())).isEmpty();

		Posting posted = enter("reborn");

		assertThat(posted.revision()).isGreaterThan(forgotten.revision());
		assertThat(this.claims.take(posted).orElseThrow().number()).isGreaterThan(late.number() + 1);
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

	final Posting enter(String name) {
		JobFolder.create(this.service.root(), name, name).withClips(1);
		JobId id = new JobId(name);
		return this.jobs.enter(id, name, this.directories.artifacts(id, name), null);
	}

}
