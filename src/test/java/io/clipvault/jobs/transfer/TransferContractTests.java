package io.clipvault.jobs.transfer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Random;

import io.clipvault.jobs.JobStatus;
import io.clipvault.jobs.folders.Artifact;
import io.clipvault.jobs.folders.ContentDigest;
import io.clipvault.jobs.folders.FileState;
import io.clipvault.jobs.folders.Hashing;
import io.clipvault.jobs.folders.JobDirectory;
import io.clipvault.jobs.ledger.Claim;
import io.clipvault.jobs.ledger.Claims;
import io.clipvault.jobs.ledger.Job;
import io.clipvault.jobs.ledger.Jobs;
import io.clipvault.jobs.ledger.PartRows;
import io.clipvault.kit.Caller;
import io.clipvault.kit.FreshFolders;
import io.clipvault.kit.JobFolder;
import io.clipvault.kit.SteppedService;
import io.clipvault.kit.SteppedTest;
import io.clipvault.layouts.JobId;
import io.clipvault.storage.Store;
import io.clipvault.storage.StoreFailure;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

/** What is sent, resumed and left out, on every database. */
@SteppedTest
abstract class TransferContractTests {

	private static final int MEBIBYTE = 1 << 20;

	@Autowired
	private SteppedService service;

	@Autowired
	private Jobs jobs;

	@Autowired
	private JobDirectory directories;

	@Autowired
	private Hashing hashing;

	@Autowired
	private Claims claims;

	@Autowired
	private JobObjects objects;

	@Autowired
	private PartRows parts;

	@Autowired
	private S3Client s3;

	@Autowired
	private Store store;

	@Autowired
	private MeterRegistry meters;

	@Test
	void runWhenAnEarlierOneWasKilledSendsOnlyTheMissingParts() throws IOException {
		byte[] large = random(12 * MEBIBYTE);
		JobFolder folder = folder("killed").withFile("killed_clip_1.mp4", large).withMetadata(1);
		JobId id = new JobId("killed");
		Sending killed = killed(id);
		String upload = begun(killed);
		this.parts.add(killed.claim(), "killed_clip_1.mp4", 2, this.objects.sendPart(killed, upload, 2), 5 * MEBIBYTE);
		// The process died before the rows knew this upload.
		this.objects.begin(killed);

		double before = bytesSent();
		this.service.run("killed");

		assertThat(this.service.isScheduled("killed")).isFalse();
		Job job = this.jobs.get(id);
		assertThat(job.error()).isNull();
		assertThat(job.status()).isEqualTo(JobStatus.COMPLETED);
		assertThat(job.counts().bytesDone()).isEqualTo(job.counts().bytesTotal());
		assertThat(bytesSent() - before).isEqualTo(7.0 * MEBIBYTE + folder.read("killed_metadata.json").length);
		assertThat(stored("killed/killed_clip_1.mp4")).isEqualTo(large);
		assertThat(this.objects.unfinished(id)).isEmpty();
		assertThat(this.parts.find(id, "killed_clip_1.mp4")).isEmpty();
	}

	@Test
	void runWhenAPartArrivedWithoutItsRowDoesNotSendItAgain() throws IOException {
		JobFolder folder = folder("unrecorded").withFile("unrecorded_clip_1.mp4", random(12 * MEBIBYTE))
			.withMetadata(1);
		JobId id = new JobId("unrecorded");
		Sending killed = killed(id);
		String upload = begun(killed);
		this.objects.sendPart(killed, upload, 1);
		this.objects.sendPart(killed, upload, 3);

		double before = bytesSent();
		this.service.run("unrecorded");

		assertThat(this.jobs.get(id).status()).isEqualTo(JobStatus.COMPLETED);
		assertThat(bytesSent() - before).isEqualTo(5.0 * MEBIBYTE + folder.read("unrecorded_metadata.json").length);
		assertThat(stored("unrecorded/unrecorded_clip_1.mp4")).isEqualTo(folder.read("unrecorded_clip_1.mp4"));
	}

	@Test
	void postWhenAnObjectOfTheSameSizeHasAStrangeDigestReplacesIt() throws IOException {
		JobFolder folder = folder("strange").withFile("strange_clip_1.mp4", random(1000)).withMetadata(1);
		this.s3.putObject((object) -> object.bucket(this.store.bucket())
			.key("strange/strange_clip_1.mp4")
			.metadata(Map.of("sha256", "0".repeat(64) + "-1")), RequestBody.fromBytes(random(1000)));

		upload("strange");

		assertThat(stored("strange/strange_clip_1.mp4")).isEqualTo(folder.read("strange_clip_1.mp4"));
	}

	@Test
	void runWhenTheFileHasChangedSinceAnEarlierOneStartsItsUploadAnew() throws IOException {
		JobFolder folder = folder("swapped").withFile("swapped_clip_1.mp4", random(6 * MEBIBYTE));
		JobId id = new JobId("swapped");
		Sending killed = killed(id);
		String upload = begun(killed);
		this.parts.add(killed.claim(), "swapped_clip_1.mp4", 1, this.objects.sendPart(killed, upload, 1), 5 * MEBIBYTE);
		byte[] other = random(6 * MEBIBYTE);
		folder.withFile("swapped_clip_1.mp4", other);

		this.service.run("swapped");

		assertThat(this.jobs.get(id).status()).isEqualTo(JobStatus.COMPLETED);
		assertThat(stored("swapped/swapped_clip_1.mp4")).isEqualTo(other);
		assertThat(this.objects.unfinished(id)).isEmpty();
	}

	@Test
	void postWhenNothingChangedSendsNoBytesAndWhenOneFileChangedOnlyThat() throws IOException {
		JobFolder folder = folder("again").withFile("again_clip_1.mp4", random(6 * MEBIBYTE))
			.withFile("again_clip_2.mp4", random(1000))
			.withMetadata(2);
		upload("again");
		double before = bytesSent();
		JsonNode unchanged = upload("again");
		assertThat(bytesSent()).isEqualTo(before);
		assertThat(unchanged.path("bytes_done").asLong()).isEqualTo(unchanged.path("bytes_total").asLong());

		Path clip = folder.path().resolve("again_clip_2.mp4");
		FileTime date = Files.getLastModifiedTime(clip);
		byte[] other = random(1000);
		folder.withFile("again_clip_2.mp4", other);
		Files.setLastModifiedTime(clip, date);
		upload("again");
		assertThat(bytesSent() - before).isEqualTo(1000.0);
		assertThat(stored("again/again_clip_2.mp4")).isEqualTo(other);
	}

	@Test
	void runWhenFilesAreSentWholeAndInPartsNamesTheirTypeJobAndDigest() {
		folder("headed").withFile("headed_clip_2.mp4", random(6 * MEBIBYTE)).withFile("headed_clip_1.mp4", random(10));
		upload("headed");
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
	void putWhenTheBytesAreNotThoseThatWereHashedIsRefusedByTheStore() throws IOException {
		JobFolder folder = folder("rewritten").withFile("rewritten_clip_1.mp4", random(5000));
		Artifact clip = this.directories.artifacts(new JobId("rewritten"), "rewritten").getFirst();
		Sending sending = new Sending(new Claim(new JobId("rewritten"), 1), clip,
				this.hashing.digest(clip.file(), ContentDigest.WHOLE));
		folder.withFile("rewritten_clip_1.mp4", random(5000));

		Throwable refusal = catchThrowable(() -> this.objects.put(sending));

		assertThat(refusal).isInstanceOfSatisfying(StoreFailure.class, (failure) -> {
			assertThat(failure.code()).isEqualTo("XAmzContentSHA256Mismatch");
			assertThat(failure.permanent()).isFalse();
		});
		assertThat(this.objects.present(new JobId("rewritten"))).isEmpty();
	}

	@Test
	void putWhenALinkTookThePlaceOfTheFileOrItsDirectorySendsNothing() throws IOException {
		byte[] secret = random(5000);
		Path outside = Files.createDirectory(FreshFolders.create("outside").resolve("link-swapped"));
		Files.write(outside.resolve("link_clip_1.mp4"), secret);
		JobFolder folder = folder("link-swapped").withFile("link_clip_1.mp4", secret);
		Path clip = folder.path().resolve("link_clip_1.mp4");
		Artifact checked = this.directories.artifacts(new JobId("link-swapped"), "link-swapped").getFirst();
		Sending sending = new Sending(new Claim(new JobId("link-swapped"), 1), checked,
				this.hashing.digest(checked.file(), ContentDigest.WHOLE));
		Files.delete(clip);
		Files.createSymbolicLink(clip, outside.resolve("link_clip_1.mp4"));
		assertThat(catchThrowable(() -> this.objects.put(sending))).isNotNull();
		Files.delete(clip);
		Files.delete(folder.path());
		Files.createSymbolicLink(folder.path(), outside);
		assertThat(catchThrowable(() -> this.objects.put(sending))).isNotNull();
		assertThatExceptionOfType(FileState.Unusable.class)
			.isThrownBy(() -> this.hashing.digest(checked.file(), ContentDigest.WHOLE));
		assertThat(this.objects.present(new JobId("link-swapped"))).isEmpty();
	}

	@Test
	void runWhenAFileVanishedFailsItAndKeepsTheMetadataBack() throws IOException {
		JobFolder folder = folder("vanishing").withClips(2);
		assertThat(this.service.caller().postJob("vanishing").status()).isEqualTo(202);
		Files.delete(folder.path().resolve("vanishing_clip_1.mp4"));

		this.service.run("vanishing");

		assertThat(this.service.isScheduled("vanishing")).isFalse();
		Job job = this.jobs.get(new JobId("vanishing"));
		assertThat(job.status()).isEqualTo(JobStatus.FAILED);
		assertThat(job.error()).startsWith("vanishing_clip_1.mp4: The file vanished");
		assertThat(this.objects.present(new JobId("vanishing"))).containsOnlyKeys("vanishing/vanishing_clip_2.mp4");
	}

	@Test
	void cancelWhenAnUploadIsOpenAbortsIt() throws IOException {
		folder("unfinished").withFile("unfinished_clip_1.mp4", random(6 * MEBIBYTE));
		JobId id = new JobId("unfinished");
		begun(killed(id));
		assertThat(this.objects.unfinished(id)).hasSize(1);

		Caller caller = this.service.caller();
		assertThat(caller.send(caller.request("/jobs/unfinished").DELETE()).status()).isEqualTo(200);

		// Polls, because cleaning up has threads of its own.
		await().until(() -> this.objects.unfinished(id), Map::isEmpty);
	}

	/** Posts a job and takes it, as a run does that is then killed. */
	private Sending killed(JobId id) throws IOException {
		assertThat(this.service.caller().postJob(id.value()).status()).isEqualTo(202);
		Claim claim = this.claims.take(this.jobs.get(id).posting()).orElseThrow();
		Artifact clip = this.directories.artifacts(id, id.value()).getFirst();
		return new Sending(claim, clip, this.hashing.digest(clip.file(), 5 * MEBIBYTE));
	}

	private String begun(Sending sending) {
		String upload = this.objects.begin(sending);
		this.parts.begin(sending.claim(), sending.artifact().fileName(),
				new PartRows.Begun(upload, sending.digest().text()));
		return upload;
	}

	private JsonNode upload(String job) {
		JsonNode ended = this.service.upload(job);
		assertThat(ended.path("status").asString()).as(ended.toString()).isEqualTo("completed");
		return ended;
	}

	private JobFolder folder(String job) {
		return JobFolder.create(this.service.root(), job, job);
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
