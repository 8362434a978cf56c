package io.clipvault.jobs.runs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

import io.clipvault.jobs.JobStatus;
import io.clipvault.jobs.Posting;
import io.clipvault.jobs.folders.Artifact;
import io.clipvault.jobs.folders.ContentDigest;
import io.clipvault.jobs.folders.JobDirectory;
import io.clipvault.jobs.folders.RootId;
import io.clipvault.jobs.ledger.Claim;
import io.clipvault.jobs.ledger.Claims;
import io.clipvault.jobs.ledger.Holds;
import io.clipvault.jobs.ledger.Job;
import io.clipvault.jobs.ledger.JobFiles;
import io.clipvault.jobs.ledger.Jobs;
import io.clipvault.jobs.ledger.PartRows;
import io.clipvault.jobs.transfer.JobObjects;
import io.clipvault.jobs.transfer.Sending;
import io.clipvault.kit.Caller;
import io.clipvault.kit.ClipvaultTest;
import io.clipvault.kit.JobFolder;
import io.clipvault.layouts.JobId;
import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import io.clipvault.storage.Store;
import io.clipvault.storage.StoreFailure;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

/** What every database must keep of a job, whatever happens to the process. */
@ClipvaultTest
@TestPropertySource(properties = { "clipvault.upload.multipart-threshold=5MB", "clipvault.upload.part-size=5MB" })
abstract class DurableJobs {

	private static final int MEBIBYTE = 1 << 20;

	private Caller caller;

	@Value("${clipvault.jobs.root}")
	private Path root;

	@Autowired
	private Jobs jobs;

	@Autowired
	private JobFiles files;

	@Autowired
	private JobDirectory directories;

	@Autowired
	private RootId rootId;

	@Autowired
	private Claims claims;

	@Autowired
	Holds holds;

	@Autowired
	private JobWorker worker;

	@Autowired
	private JobObjects objects;

	@Autowired
	private PartRows parts;

	@Autowired
	private JdbcClient database;

	@Autowired
	private S3Client s3;

	@Autowired
	private Store store;

	@Autowired
	private MeterRegistry meters;

	@BeforeEach
	void call(@LocalServerPort int port) {
		this.caller = new Caller(port);
	}

	@Test
	void acceptWhenItCannotBeScheduledKeepsNothingOfTheJob() {
		JobFolder.create(this.root, "torn", "torn").withClips(1);
		// An entry of the same name stands in the way.
		this.database.sql("""
				INSERT INTO scheduled_tasks (task_name, task_instance, execution_time, picked, version)
				SELECT ?, 'torn/1', execution_time, TRUE, 1 FROM scheduled_tasks WHERE task_name = 'sweep-jobs'""")
			.param("upload@" + this.rootId.id())
			.update();

		assertThat(this.caller.postJob("torn").status()).isEqualTo(500);

		assertThat(this.jobs.find(new JobId("torn"))).isEmpty();
		assertThat(this.database.sql("SELECT COUNT(*) FROM job_file WHERE job_id = 'torn'").query(Long.class).single())
			.isZero();
	}

	@Test
	void writeWhenAnotherWorkerTookTheJobWritesNothing() {
		JobFolder.create(this.root, "frozen", "frozen").withClips(1);
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
	void workWhenAnEarlierRunWasKilledSendsOnlyTheMissingParts() throws Exception {
		byte[] large = random(12 * MEBIBYTE);
		JobFolder folder = JobFolder.create(this.root, "killed", "killed")
			.withFile("killed_clip_1.mp4", large)
			.withMetadata(1);
		JobId id = new JobId("killed");
		Posting posting = enter("killed");
		Claim dead = this.claims.take(posting).orElseThrow();
		Artifact clip = this.directories.artifacts(id, "killed").getFirst();
		Sending sending = new Sending(dead, clip, ContentDigest.of(clip.file(), 5 * MEBIBYTE));
		String upload = this.objects.begin(sending);
		this.parts.begin(dead, clip.fileName(), new PartRows.Begun(upload, sending.digest().text()));
		this.parts.add(dead, clip.fileName(), 2, this.objects.sendPart(sending, upload, 2), 5 * MEBIBYTE);
		// Another upload never came into the rows: the process died in between.
		this.objects.begin(sending);

		double before = bytesSent();
		assertThat(this.worker.work(posting)).isEmpty();

		Job job = this.jobs.get(id);
		assertThat(job.error()).isNull();
		assertThat(job.status()).isEqualTo(JobStatus.COMPLETED);
		assertThat(job.counts().bytesDone()).isEqualTo(job.counts().bytesTotal());
		assertThat(bytesSent() - before).isEqualTo(7.0 * MEBIBYTE + folder.read("killed_metadata.json").length);
		assertThat(stored("killed/killed_clip_1.mp4")).isEqualTo(large);
		assertThat(this.objects.unfinished(id)).isEmpty();
		assertThat(this.parts.find(id, clip.fileName())).isEmpty();
	}

	@Test
	void workWhenTheFileIsAnotherNowStartsItsUploadAnew() throws Exception {
		JobFolder folder = JobFolder.create(this.root, "swapped", "swapped")
			.withFile("swapped_clip_1.mp4", random(6 * MEBIBYTE));
		JobId id = new JobId("swapped");
		Posting posting = enter("swapped");
		Claim dead = this.claims.take(posting).orElseThrow();
		Artifact clip = this.directories.artifacts(id, "swapped").getFirst();
		Sending sending = new Sending(dead, clip, ContentDigest.of(clip.file(), 5 * MEBIBYTE));
		String upload = this.objects.begin(sending);
		this.parts.begin(dead, clip.fileName(), new PartRows.Begun(upload, sending.digest().text()));
		this.parts.add(dead, clip.fileName(), 1, this.objects.sendPart(sending, upload, 1), 5 * MEBIBYTE);
		byte[] other = random(6 * MEBIBYTE);
		folder.withFile("swapped_clip_1.mp4", other);

		this.worker.work(posting);

		assertThat(this.jobs.get(id).status()).isEqualTo(JobStatus.COMPLETED);
		assertThat(stored("swapped/swapped_clip_1.mp4")).isEqualTo(other);
		assertThat(this.objects.unfinished(id)).isEmpty();
	}

	@Test
	void postWhenNothingChangedSendsNoBytesAndWhenOneFileChangedOnlyThat() throws Exception {
		JobFolder folder = JobFolder.create(this.root, "again", "again")
			.withFile("again_clip_1.mp4", random(6 * MEBIBYTE))
			.withFile("again_clip_2.mp4", random(1000))
			.withMetadata(2);
		post("again");
		double before = bytesSent();
		JsonNode unchanged = post("again");
		assertThat(bytesSent()).isEqualTo(before);
		assertThat(unchanged.path("bytes_done").asLong()).isEqualTo(unchanged.path("bytes_total").asLong());

		Path clip = folder.path().resolve("again_clip_2.mp4");
		FileTime date = Files.getLastModifiedTime(clip);
		byte[] other = random(1000);
		folder.withFile("again_clip_2.mp4", other);
		Files.setLastModifiedTime(clip, date);
		post("again");
		assertThat(bytesSent() - before).isEqualTo(1000.0);
		assertThat(stored("again/again_clip_2.mp4")).isEqualTo(other);
	}

	@Test
	void objectsCarryTheirTypeTheirJobAndTheirDigest() {
		JobFolder.create(this.root, "headed", "headed")
			.withFile("headed_clip_2.mp4", random(6 * MEBIBYTE))
			.withFile("headed_clip_1.mp4", random(10));
		post("headed");
		for (int clip = 1; clip <= 2; clip++) {
			String key = "headed/headed_clip_" + clip + ".mp4";
			HeadObjectResponse head = this.s3.headObject((object) -> object.bucket(this.store.bucket()).key(key));
			assertThat(head.contentType()).isEqualTo("video/mp4");
			assertThat(head.metadata()).containsEntry("job-id", "headed")
				.containsEntry("created-by", "clipvault")
				.containsEntry("clip-index", Integer.toString(clip - 1))
				.containsKey("sha256");
		}
	}

	@Test
	void putWhenTheBytesAreNotThoseThatWereHashedIsRefusedByTheStore() throws Exception {
		JobFolder folder = JobFolder.create(this.root, "mixed", "mixed").withFile("mixed_clip_1.mp4", random(5000));
		Artifact clip = this.directories.artifacts(new JobId("mixed"), "mixed").getFirst();
		Sending sending = new Sending(new Claim(new JobId("mixed"), 1), clip,
				ContentDigest.of(clip.file(), ContentDigest.WHOLE));
		folder.withFile("mixed_clip_1.mp4", random(5000));

		Throwable refusal = catchThrowable(() -> this.objects.put(sending));

		assertThat(refusal).isInstanceOfSatisfying(StoreFailure.class, (failure) -> {
			assertThat(failure.code()).isEqualTo("XAmzContentSHA256Mismatch");
			assertThat(failure.permanent()).isFalse();
		});
		assertThat(this.objects.present(new JobId("mixed"))).isEmpty();
	}

	@Test
	void workWhenAFileVanishedFailsItAndKeepsTheMetadataBack() throws Exception {
		JobFolder folder = JobFolder.create(this.root, "gone", "gone").withClips(2);
		Posting posting = enter("gone");
		Files.delete(folder.path().resolve("gone_clip_1.mp4"));

		assertThat(this.worker.work(posting)).isEmpty();

		Job job = this.jobs.get(new JobId("gone"));
		assertThat(job.status()).isEqualTo(JobStatus.FAILED);
		assertThat(job.error()).startsWith("gone_clip_1.mp4: The file vanished");
		assertThat(this.objects.present(new JobId("gone"))).containsOnlyKeys("gone/gone_clip_2.mp4");
	}

	@Test
	void cancelEndsTheJobAndAbortsWhatItBegan() throws Exception {
		JobFolder.create(this.root, "unwanted", "unwanted").withFile("unwanted_clip_1.mp4", random(6 * MEBIBYTE));
		JobId id = new JobId("unwanted");
		Posting posting = enter("unwanted");
		Claim running = this.claims.take(posting).orElseThrow();
		Artifact clip = this.directories.artifacts(id, "unwanted").getFirst();
		Sending sending = new Sending(running, clip, ContentDigest.of(clip.file(), 5 * MEBIBYTE));
		this.parts.begin(running, clip.fileName(),
				new PartRows.Begun(this.objects.begin(sending), sending.digest().text()));

		Caller.Answer cancelled = this.caller.send(this.caller.request("/jobs/unwanted").DELETE());

		assertThat(cancelled.status()).isEqualTo(200);
		assertThat(cancelled.json().path("status").asString()).isEqualTo("cancelled");
		assertThatExceptionOfType(Claim.Lost.class).isThrownBy(() -> this.claims.requireHeld(running));
		await().until(() -> this.objects.unfinished(id), Map::isEmpty);
		Caller.Answer again = this.caller.send(this.caller.request("/jobs/unwanted").DELETE());
		assertThat(again.status()).isEqualTo(409);
		assertThat(again.problem()).isEqualTo("job-ended");
	}

	@Test
	void jobWhoseCancelledRunIsNotOverIsLeftAloneByAllOthers() {
		JobFolder.create(this.root, "lingering", "lingering").withClips(1);
		post("lingering");
		JobId id = cancelled("lingering", Instant.now());

		Caller.Answer removed = this.caller.send(this.caller.request("/jobs/lingering/artifacts").DELETE());
		assertThat(removed.problem()).isEqualTo("job-active");
		assertThat(this.caller.post("/jobs/lingering/restore", "{}").problem()).isEqualTo("job-active");
		Posting posted = enter("lingering");
		assertThat(this.worker.work(posted)).isPresent();
		assertThat(this.jobs.get(id).status()).isEqualTo(JobStatus.QUEUED);

		// As db-scheduler does when the run has returned.
		this.database.sql("DELETE FROM scheduled_tasks WHERE task_instance = ?")
			.param(new Posting(id, 2).toString())
			.update();
		assertThat(this.worker.work(posted)).isPresent();
		assertThat(this.worker.work(posted)).isEmpty();
		assertThat(this.jobs.get(id).status()).isEqualTo(JobStatus.COMPLETED);
	}

	@Test
	void holdKeepsRunsAndOthersOffAJobUntilItIsOver() {
		JobFolder.create(this.root, "held", "held").withClips(1);
		JobId id = new JobId("held");
		Posting posted;
		try (Holds.Hold hold = this.holds.hold(id)) {
			hold.renew();
			assertThat(this.caller.postJob("held").problem()).isEqualTo("job-active");
			assertThatExceptionOfType(Problem.class).isThrownBy(() -> this.holds.hold(id))
				.satisfies((problem) -> assertThat(problem.type()).isEqualTo(ProblemType.JOB_ACTIVE));
			// Another replica accepted it in the moment in which the hold began.
			posted = enter("held");
			assertThat(this.worker.work(posted)).isPresent();
			assertThatExceptionOfType(Problem.class).isThrownBy(hold::renew);
		}
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> this.holds.hold(id));
		assertThat(this.worker.work(posted)).isEmpty();
		this.holds.hold(id).close();
	}

	@Test
	void completionWithAFailureIsRecordedWhileTheJobIsHeldOrACancelledRunIsNotOver() {
		JobId id = cancelled("broken", Instant.now());

		Caller.Answer failed = this.caller.post("/jobs/broken/completion", "{\"return_code\": 3}");
		assertThat(failed.status()).isEqualTo(200);
		assertThat(failed.json().path("status").asString()).isEqualTo("failed");
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> this.holds.hold(id));
		this.database.sql("DELETE FROM scheduled_tasks WHERE task_instance LIKE 'broken/%'").update();

		try (Holds.Hold _ = this.holds.hold(id)) {
			assertThat(this.caller.post("/jobs/broken/completion", "{\"return_code\": 3}").status()).isEqualTo(200);
		}
	}

	@Test
	void holdOfAKilledProcessRunsOut() {
		JobFolder.create(this.root, "forgotten", "forgotten").withClips(1);
		JobId id = new JobId("forgotten");
		Holds.Hold lost = this.holds.hold(id);
		this.database.sql("UPDATE job_hold SET held_until = 1 WHERE job_id = 'forgotten'").update();
		assertThat(this.claims.take(enter("forgotten"))).isPresent();
		assertThatExceptionOfType(Problem.class).isThrownBy(lost::renew);
	}

	@Test
	void postWithAWebhookShowsHowItsDeliveryIsOnceTheJobHasEnded() {
		JobFolder.create(this.root, "told", "told").withClips(1);
		this.caller.post("/jobs/told/artifacts", """
				{"directory": "told", "webhook": {"url": "http://127.0.0.1:9/", "secret": "a long secret"}}""");
		JsonNode ended = this.caller.ended("told");
		assertThat(ended.path("webhook").path("status").asString()).isIn("pending", "failed");
		assertThat(this.database.sql("SELECT body FROM webhook_delivery WHERE subject = 'jobs/told/1'")
			.query(String.class)
			.single()).contains("\"event\":\"job.completed\"", "\"id\":\"told\"");
		assertThat(ended.toString()).doesNotContain("a long secret");

		assertThat(post("told").has("webhook")).isFalse();
	}

	@Test
	void pagesOfJobsFollowEachOtherWithoutGapOrRepetition() {
		for (int number = 0; number < 5; number++) {
			JobFolder.create(this.root, "page-" + number, "page").withClips(1);
			post("page-" + number);
		}
		String next = "/jobs?status=completed&limit=2";
		List<String> seen = new ArrayList<>();
		while (next != null) {
			Caller.Answer page = this.caller.get(next);
			assertThat(page.status()).isEqualTo(200);
			assertThat(page.json().size()).isLessThanOrEqualTo(2);
			page.json().forEach((job) -> seen.add(job.path("id").asString()));
			next = page.header("Link").map((link) -> link.substring(1, link.indexOf('>'))).orElse(null);
		}
		assertThat(seen).doesNotHaveDuplicates().containsSubsequence("page-4", "page-3", "page-2", "page-1", "page-0");
		assertThat(this.caller.get("/jobs?cursor=nonsense").status()).isEqualTo(400);
		assertThat(this.caller.get("/jobs?status=sleeping").status()).isEqualTo(400);
	}

	/** A job that was cancelled while a run elsewhere was at work. */
	final JobId cancelled(String name, Instant heartbeat) {
		JobFolder.create(this.root, name, name).withClips(1);
		JobId id = new JobId(name);
		Posting posting = enter(name);
		assertThat(this.claims.take(posting)).isPresent();
		schedule(posting, heartbeat);
		this.caller.send(this.caller.request("/jobs/" + name).DELETE());
		return id;
	}

	/** Puts a posting's entry into the schedule, as a run holds it. */
	private void schedule(Posting posting, Instant heartbeat) {
		this.database.sql("""
				INSERT INTO scheduled_tasks (task_name, task_instance, execution_time, picked, picked_by,
					last_heartbeat, version)
				VALUES (?, ?, ?, TRUE, 'another', ?, 1)""")
			.params("upload@elsewhere", posting.toString(), Timestamp.from(heartbeat), Timestamp.from(heartbeat))
			.update();
	}

	private Posting enter(String name) {
		JobId id = new JobId(name);
		return this.jobs.enter(id, name, this.directories.artifacts(id, name), null);
	}

	private JsonNode post(String job) {
		assertThat(this.caller.postJob(job).status()).isEqualTo(202);
		JsonNode ended = this.caller.ended(job);
		assertThat(ended.path("status").asString()).as(ended.toString()).isEqualTo("completed");
		return ended;
	}

	private byte[] stored(String key) {
		return this.s3.getObjectAsBytes((object) -> object.bucket(this.store.bucket()).key(key)).asByteArray();
	}

	private double bytesSent() {
		return this.meters.counter("clipvault.upload.bytes").count();
	}

	private static byte[] random(int size) {
		byte[] bytes = new byte[size];
		new Random().nextBytes(bytes);
		return bytes;
	}

}
