package io.clipvault.jobs.audits;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import io.clipvault.jobs.ledger.StoredFiles;
import io.clipvault.kit.Caller;
import io.clipvault.kit.JobFolder;
import io.clipvault.kit.SteppedService;
import io.clipvault.kit.SteppedTest;
import io.clipvault.layouts.ArtifactHeaders;
import io.clipvault.layouts.JobId;
import io.clipvault.storage.Store;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Audits of real objects, on every database. */
@SteppedTest
abstract class AuditsContractTests {

	@Autowired
	private SteppedService service;

	@Autowired
	private S3Client s3;

	@Autowired
	private Store store;

	@Autowired
	private JdbcClient database;

	@Autowired
	private AuditRun run;

	@Autowired
	private JobComparison comparison;

	@Autowired
	private ObjectComparison objects;

	@Autowired
	private ApplicationEventPublisher events;

	@Autowired
	private StoredFiles files;

	private JobFolder upload(String job) {
		JobFolder folder = JobFolder.create(this.service.root(), job, "talk").withClips(2);
		assertThat(this.service.upload(job).path("status").asString()).isEqualTo("completed");
		return folder;
	}

	private Caller.Answer begin(String request) {
		return this.service.caller().post("/audits", request);
	}

	/** Runs an audit to its end. */
	private JsonNode audit(String request) {
		Caller.Answer begun = begin(request);
		assertThat(begun.status()).isEqualTo(202);
		assertThat(begun.json().path("state").asString()).isEqualTo("running");
		this.service.run("any");
		JsonNode audit = this.service.caller().get(begun.header("Location").orElseThrow()).json();
		assertThat(audit.path("state").asString()).isEqualTo("completed");
		return audit;
	}

	private JsonNode auditOf(String job, boolean deep) {
		return audit("{\"job_id\": \"%s\", \"deep\": %s}".formatted(job, deep));
	}

	private static List<String> keys(JsonNode audit, String list) {
		return audit.path(list).valueStream().map((finding) -> finding.path("key").asString()).toList();
	}

	private void delete(String key) {
		this.s3.deleteObject((delete) -> delete.bucket(this.store.bucket()).key(key));
	}

	private void put(String key, byte[] content, Map<String, String> metadata) {
		this.s3.putObject((put) -> put.bucket(this.store.bucket()).key(key).metadata(metadata),
				RequestBody.fromBytes(content));
	}

	/** Replaces an object's bytes by as many others, and keeps its headers. */
	private void corrupt(String key) {
		Map<String, String> metadata = new HashMap<>(this.store.head(key).orElseThrow().metadata());
		byte[] content = this.s3.getObjectAsBytes((get) -> get.bucket(this.store.bucket()).key(key)).asByteArray();
		content[content.length / 2]++;
		put(key, content, metadata);
	}

	private JsonNode verifiedAt(String job) {
		return this.service.caller().get("/jobs/" + job).json().path("verified_at");
	}

	@Test
	void auditWhenEverythingIsThereFindsTheJobIntactAndTheJobSaysWhen() {
		upload("intact");
		assertThat(verifiedAt("intact").isNull()).isTrue();
		JsonNode audit = auditOf("intact", false);
		assertThat(audit.path("jobs").asLong()).isOne();
		assertThat(audit.path("intact").asLong()).isOne();
		assertThat(audit.path("deep").asBoolean()).isFalse();
		assertThat(audit.path("missing").isArray()).isTrue();
		assertThat(audit.path("started_at").asString()).endsWith("Z");
		assertThat(audit.path("ended_at").asString()).endsWith("Z");
		assertThat(verifiedAt("intact").asString()).endsWith("Z");
		this.service.upload("intact");
		assertThat(verifiedAt("intact").isNull()).as("a new posting was never compared").isTrue();
	}

	@Test
	void auditWhenObjectsAreMissingOrChangedNamesThem() {
		JobFolder folder = upload("harmed");
		delete("harmed/talk_clip_1.mp4");
		put("harmed/talk_clip_2.mp4", folder.read("talk_clip_2.mp4"), Map.of(ArtifactHeaders.DIGEST, "another"));
		put("harmed/talk_metadata.json", new byte[] { '{', '}' }, Map.of());
		JsonNode audit = auditOf("harmed", false);
		assertThat(audit.path("intact").asLong()).isZero();
		assertThat(audit.path("missing").get(0).path("job_id").asString()).isEqualTo("harmed");
		assertThat(keys(audit, "missing")).containsExactly("harmed/talk_clip_1.mp4");
		assertThat(keys(audit, "changed")).containsExactly("harmed/talk_clip_2.mp4", "harmed/talk_metadata.json");
		assertThat(audit.path("missing_count").asLong()).isOne();
		assertThat(audit.path("changed_count").asLong()).isEqualTo(2);
		assertThat(verifiedAt("harmed").isNull()).isTrue();
		assertThat(this.service.upload("harmed").path("status").asString()).isEqualTo("completed");
		assertThat(auditOf("harmed", true).path("intact").asLong()).isOne();
	}

	@Test
	void auditWhenOnlyTheBytesChangedSeesItIfItIsDeep() {
		JobFolder folder = JobFolder.create(this.service.root(), "rotten", "talk").withClips(1);
		folder.withFile("talk_clip_1.mp4", new byte[12 << 20]);
		this.service.upload("rotten");
		assertThat(auditOf("rotten", true).path("intact").asLong()).isOne();
		corrupt("rotten/talk_clip_1.mp4");
		assertThat(auditOf("rotten", false).path("intact").asLong()).isOne();
		JsonNode audit = auditOf("rotten", true);
		assertThat(audit.path("deep").asBoolean()).isTrue();
		assertThat(keys(audit, "changed")).containsExactly("rotten/talk_clip_1.mp4");
	}

	@Test
	void auditOfAllNamesTheObjectsOfNoKnownJob() {
		upload("known");
		List<String> strange = List.of("nobody/a.mp4", "nobody.bin", "_other/a.mp4");
		strange.forEach((key) -> put(key, new byte[1], Map.of()));
		List.of("_uploads/a.mp4", "_posters/known/0.jpg", "cool.mp3", "known/.clipvault.json", "known/left_over.mp4",
				"nobody/.clipvault.json")
			.forEach((key) -> put(key, new byte[1], Map.of()));
		JsonNode audit = audit("{}");
		assertThat(keys(audit, "unknown")).containsAll(strange)
			.noneMatch((key) -> key.startsWith("_uploads") || key.startsWith("_posters") || key.endsWith(".mp3")
					|| key.endsWith(".json") || key.startsWith("known"));
		assertThat(audit.path("unknown_count").asLong()).isEqualTo(audit.path("unknown").size());
		assertThat(audit.path("jobs").asLong()).isPositive();
		strange.forEach(this::delete);
	}

	@Test
	void auditWhenArtifactsWereRemovedDoesNotMissThem() {
		upload("removed");
		auditOf("removed", false);
		assertThat(removeArtifacts("removed").status()).isEqualTo(200);
		JsonNode audit = auditOf("removed", false);
		assertThat(audit.path("jobs").asLong()).isZero();
		assertThat(audit.path("missing_count").asLong()).isZero();
		assertThat(verifiedAt("removed").isNull()).isTrue();
	}

	@Test
	void concludeWhenArtifactsWereRemovedSinceTheComparisonVerifiesNothing() {
		upload("removed-late");
		JobComparison.Compared intact = compare("removed-late");
		assertThat(removeArtifacts("removed-late").status()).isEqualTo(200);
		this.comparison.conclude(intact);
		assertThat(verifiedAt("removed-late").isNull()).isTrue();
	}

	@Test
	void auditWhenTheHistoryHasForgottenTheJobStillExpectsItsFilesUntilTheyAreRemoved() {
		upload("old");
		this.database.sql("DELETE FROM job WHERE id = 'old'").update();
		assertThat(auditOf("old", false).path("intact").asLong()).isOne();
		delete("old/talk_clip_1.mp4");
		assertThat(keys(auditOf("old", false), "missing")).containsExactly("old/talk_clip_1.mp4");
		assertThat(removeArtifacts("old").status()).isEqualTo(200);
		assertThat(begin("{\"job_id\": \"old\"}").problem()).isEqualTo("job-not-found");
	}

	@Test
	void removeWhenTheBucketHasLostEverythingEndsTheExpectation() {
		upload("gone");
		List.of("gone/talk_clip_1.mp4", "gone/talk_clip_2.mp4", "gone/talk_metadata.json").forEach(this::delete);
		assertThat(auditOf("gone", false).path("missing_count").asLong()).isEqualTo(3);
		assertThat(removeArtifacts("gone").problem()).isEqualTo("no-artifacts");
		assertThat(auditOf("gone", false).path("missing_count").asLong()).isZero();
	}

	private Caller.Answer removeArtifacts(String job) {
		Caller caller = this.service.caller();
		return caller.send(caller.request("/jobs/" + job + "/artifacts").DELETE());
	}

	@Test
	void beginWhenOneIsRunningIsRefusedAndUnknownIdsAreNotFound() {
		assertThat(begin("{}").status()).isEqualTo(202);
		Caller.Answer second = begin("{}");
		assertThat(second.status()).isEqualTo(409);
		assertThat(second.problem()).isEqualTo("audit-running");
		this.service.run("any");
		assertThat(begin("{\"job_id\": \"unheard\"}").problem()).isEqualTo("job-not-found");
		assertThat(begin("{\"job_id\": \"../x\"}").problem()).isEqualTo("invalid-job-id");
		assertThat(begin("{\"depth\": 1}").status()).isEqualTo(400);
		assertThat(this.service.caller().get("/audits/unheard").problem()).isEqualTo("audit-not-found");
	}

	@Test
	void auditsAreListedNewestFirstInPages() {
		List<String> begun = new ArrayList<>();
		for (int count = 0; count < 3; count++) {
			this.service.advance(Duration.ofMillis(1));
			begun.addFirst(audit("{}").path("id").asString());
		}
		List<String> listed = new ArrayList<>();
		String next = "/audits?limit=2";
		while (!next.isEmpty() && listed.size() < 3) {
			Caller.Answer page = this.service.caller().get(next);
			page.json().forEach((audit) -> {
				listed.add(audit.path("id").asString());
				assertThat(audit.has("missing")).isFalse();
			});
			next = page.header("Link").map((link) -> link.substring(1, link.indexOf('>'))).orElse("");
		}
		assertThat(listed).startsWith(begun.toArray(String[]::new));
		assertThat(this.service.caller().get("/audits?cursor=foreign").status()).isEqualTo(400);
	}

	@Test
	void workWhenTheProcessStopsGoesOnWhereItWasAndCountsNothingTwice() {
		upload("first");
		upload("second");
		String id = begin("{}").json().path("id").asString();
		AtomicInteger asked = new AtomicInteger();
		assertThat(this.run.work(id, () -> asked.incrementAndGet() > 6)).hasValue(Duration.ZERO);
		JsonNode halfway = this.service.caller().get("/audits/" + id).json();
		assertThat(halfway.path("state").asString()).isEqualTo("running");
		long jobs = this.database.sql(
				"SELECT COUNT(DISTINCT file.job_id) FROM job_file file LEFT JOIN job ON job.id = file.job_id WHERE file.status = 'completed' AND (job.status IS NULL OR job.status = 'completed')")
			.query(Long.class)
			.single();
		assertThat(halfway.path("jobs").asLong()).isLessThan(jobs);
		this.service.run("any");
		assertThat(this.service.caller().get("/audits/" + id).json().path("jobs").asLong()).isEqualTo(jobs);
	}

	@Test
	void mendWhenTheDirectoryHasAllFilesPostsTheJobAgain() {
		JobFolder folder = upload("mended");
		delete("mended/talk_clip_1.mp4");
		concluding(false).conclude(compare("mended"));
		assertThat(this.service.isScheduled("mended")).isFalse();
		concluding(true).conclude(compare("mended"));
		assertThat(this.service.run("mended").path("status").asString()).isEqualTo("completed");
		assertThat(compare("mended").isIntact()).isTrue();
		delete("mended/talk_clip_1.mp4");
		folder.path().resolve("talk_clip_2.mp4").toFile().delete();
		concluding(true).conclude(compare("mended"));
		assertThat(this.files.of(new JobId("mended")).orElseThrow().files()).as("not replaced by what is left")
			.hasSize(3);
	}

	private JobComparison concluding(boolean mend) {
		return new JobComparison(this.files, this.objects, new AuditSettings(Duration.ZERO, mend), this.events);
	}

	private JobComparison.Compared compare(String job) {
		return this.comparison.compare(new JobId(job), false, false, () -> false).orElseThrow();
	}

}
