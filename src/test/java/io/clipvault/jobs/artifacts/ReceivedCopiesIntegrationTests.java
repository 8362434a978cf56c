package io.clipvault.jobs.artifacts;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.clipvault.jobs.ArtifactsMissing;
import io.clipvault.jobs.archives.Archives;
import io.clipvault.jobs.ledger.StoredFiles;
import io.clipvault.kit.Caller;
import io.clipvault.kit.JobFolder;
import io.clipvault.kit.SteppedService;
import io.clipvault.kit.SteppedTest;
import io.clipvault.layouts.JobId;
import io.clipvault.storage.Store;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import software.amazon.awssdk.services.s3.S3Client;

import static org.assertj.core.api.Assertions.assertThat;

@SteppedTest
class ReceivedCopiesIntegrationTests {

	private static final Duration KEEP = Duration.ofHours(1);

	private final SteppedService service;

	private final Caller caller;

	private final ReceivedCopies copies;

	@Autowired
	ReceivedCopiesIntegrationTests(SteppedService service, ReceivedCopies copies) {
		this.service = service;
		this.caller = service.caller();
		this.copies = copies;
	}

	@Test
	void removeWhenTheJobWasCompletedAnHourAgoRemovesItsDirectory() {
		Path folder = received("received-copy");
		this.copies.remove();
		assertThat(JobFolder.names(folder)).hasSize(2);
		later();
		assertThat(folder).doesNotExist();
		assertThat(this.caller.get("/jobs/received-copy/artifacts").json()).hasSize(2);
	}

	@Test
	void removeWhenFilesWereChangedAddedOrAreNotInTheBucketKeepsThem(@Autowired S3Client s3, @Autowired Store store)
			throws IOException {
		Path changed = received("touched");
		Files.write(changed.resolve("a.mp4"), new byte[(int) Files.size(changed.resolve("a.mp4"))]);
		Files.createFile(changed.resolve("added.txt"));
		Path lost = received("lost-copy");
		s3.deleteObject((delete) -> delete.bucket(store.bucket()).key("lost-copy/a.mp4"));
		Path all = received("all-lost");
		assertThat(this.caller.send(this.caller.request("/jobs/all-lost/artifacts").DELETE()).status()).isEqualTo(200);
		later();
		assertThat(JobFolder.names(changed)).containsExactlyInAnyOrder("a.mp4", "added.txt");
		assertThat(JobFolder.names(lost)).containsExactly("a.mp4");
		assertThat(JobFolder.names(all)).hasSize(2);
	}

	@Test
	void removeWhenTheDirectoryBelongsToOthersTooKeepsIt() {
		Path named = received("named");
		this.caller.post("/jobs/naming/artifacts", "{\"directory\": \"./named\"}");
		this.service.run("naming");
		Path posted = received("posted-again");
		this.service.upload("posted-again");
		Path restored = received("brought-back");
		assertThat(this.caller.post("/jobs/brought-back/restore", "{}").status()).isEqualTo(200);
		later();
		assertThat(JobFolder.names(named)).hasSize(2);
		assertThat(JobFolder.names(posted)).hasSize(2);
		assertThat(JobFolder.names(restored)).hasSize(2);
	}

	@Test
	void removeWhenTheJobWasMendedOrRestoredElsewhereRemovesItsDirectory(@Autowired S3Client s3, @Autowired Store store,
			@Autowired ApplicationEventPublisher events) {
		Path mended = received("mended-copy");
		s3.deleteObject((delete) -> delete.bucket(store.bucket()).key("mended-copy/a.mp4"));
		events.publishEvent(new ArtifactsMissing(new JobId("mended-copy")));
		this.service.run("mended-copy");
		Path original = received("restored-elsewhere");
		assertThat(this.caller.post("/jobs/restored-elsewhere/restore", "{\"directory\": \"elsewhere\"}").status())
			.isEqualTo(200);
		later();
		assertThat(mended).doesNotExist();
		assertThat(original).doesNotExist();
		assertThat(this.service.root().resolve("elsewhere").toFile().list()).hasSize(2);
	}

	@Test
	void noteWhenTheFilesWereReceivedAgainSinceKeepsTheMark(@Autowired StoredFiles files) {
		JobId job = new JobId("received-again");
		received(job.value());
		Instant first = this.service.now();
		this.service.advance(KEEP);
		received(job.value());
		files.noteReceivedRemoved(job, first);
		assertThat(files.isReceived(job, this.service.now())).isTrue();
	}

	@Test
	void receivedJobsAreOnPagesSoThatNoneHidesTheOthers(@Autowired StoredFiles files) {
		received("received-page-1");
		this.service.advance(Duration.ofMillis(1));
		received("received-page-2");
		List<JobId> found = new ArrayList<>();
		List<StoredFiles.Unpruned> page = files.received(this.service.now(), null, 1);
		while (!page.isEmpty()) {
			found.add(page.getFirst().job());
			page = files.received(this.service.now(), page.getLast(), 1);
		}
		assertThat(found).containsSubsequence(new JobId("received-page-1"), new JobId("received-page-2"));
	}

	private Path received(String job) {
		assertThat(this.caller
			.send(this.caller.request("/jobs/" + job + "/artifacts")
				.header("Content-Type", "application/zip")
				.POST(HttpRequest.BodyPublishers.ofByteArray(Archives.zip("a.mp4", "b.mp4"))))
			.status()).isEqualTo(202);
		assertThat(this.service.run(job).path("status").asString()).isEqualTo("completed");
		return this.service.root().resolve(job);
	}

	private void later() {
		this.service.advance(KEEP);
		this.copies.remove();
	}

}
