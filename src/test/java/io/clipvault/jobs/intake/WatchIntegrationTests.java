package io.clipvault.jobs.intake;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

import io.clipvault.jobs.artifacts.LocalCopies;
import io.clipvault.jobs.folders.FolderSettings;
import io.clipvault.jobs.folders.JobDirectory;
import io.clipvault.jobs.ledger.Jobs;
import io.clipvault.jobs.watched.WatchSettings;
import io.clipvault.kit.Caller;
import io.clipvault.kit.JobFolder;
import io.clipvault.kit.MutableClock;
import io.clipvault.kit.SteppedService;
import io.clipvault.kit.SteppedTest;
import io.clipvault.layouts.ArtifactSettings;
import io.clipvault.layouts.JobId;
import io.clipvault.problems.Problem;
import io.clipvault.storage.Store;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.TestPropertySource;
import software.amazon.awssdk.services.s3.S3Client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Steps a watch of the test's own. The service's watch runs too, but no directory stays
 * unchanged for its quiet time.
 */
@SteppedTest
@TestPropertySource(properties = { "clipvault.jobs.watch=true", "clipvault.jobs.quiet-time=1h" })
class WatchIntegrationTests {

	private static final Duration QUIET = Duration.ofSeconds(30);

	private final MutableClock clock = new MutableClock(Clock.systemUTC().instant());

	private final SteppedService service;

	private final Caller caller;

	private final Path root;

	private final LocalCopies copies;

	private final S3Client s3;

	private final Store store;

	private final JobAcceptance acceptance;

	private final FolderSettings folders;

	private final ArtifactSettings artifacts;

	private JobsRootWatch watch;

	@Autowired
	WatchIntegrationTests(SteppedService service, JobAcceptance acceptance, FolderSettings folders,
			ArtifactSettings artifacts, ApplicationContext context) {
		this.copies = context.getBean(LocalCopies.class);
		this.s3 = context.getBean(S3Client.class);
		this.store = context.getBean(Store.class);
		this.service = service;
		this.caller = service.caller();
		this.root = service.root();
		this.acceptance = acceptance;
		this.folders = folders;
		this.artifacts = artifacts;
		this.watch = restarted();
	}

	@Test
	void lookWhenTheDirectoryIsCompleteAndQuietAcceptsItOnce() {
		JobFolder.create(this.root, "watched", "talk").withClips(2);
		this.watch.look();
		this.clock.advance(QUIET.minusMillis(1));
		this.watch.look();
		assertThat(this.caller.get("/jobs/watched").status()).isEqualTo(404);
		this.clock.advance(Duration.ofMillis(1));
		this.watch.look();
		String first = this.service.run("watched").path("created_at").asString();
		assertThat(this.caller.get("/jobs/watched").json().path("status").asString()).isEqualTo("completed");
		lookLater();
		this.watch = restarted();
		lookLater();
		assertThat(this.caller.get("/jobs/watched").json().path("created_at").asString()).isEqualTo(first);
	}

	@Test
	void lookWhenTheContentWasRestoredLeavesItAlone() throws IOException {
		JobFolder folder = JobFolder.create(this.root, "restored", "talk").withClips(1);
		lookLater();
		String first = this.service.run("restored").path("created_at").asString();
		Files.delete(this.root.resolve("restored").resolve(folder.clip(1)));
		assertThat(this.caller.post("/jobs/restored/restore", "{}").status()).isEqualTo(200);
		lookLater();
		assertThat(this.caller.get("/jobs/restored").json().path("created_at").asString()).isEqualTo(first);
	}

	@Test
	void lookWhenCopiesWereRemovedLeavesTheRestAlone() {
		JobFolder folder = JobFolder.create(this.root, "pruned", "talk").withClips(1);
		folder.withFile("hook_" + folder.clip(1), new byte[3]);
		lookLater();
		String first = this.service.run("pruned").path("created_at").asString();
		// The bucket lacks all but the rendering, so the rest stays, and is complete.
		for (String lost : List.of(folder.clip(1), "talk_metadata.json")) {
			this.s3.deleteObject((delete) -> delete.bucket(this.store.bucket()).key("pruned/" + lost));
		}
		assertThat(this.copies.remove(new JobId("pruned"), () -> true)).containsExactly("hook_" + folder.clip(1));
		lookLater();
		assertThat(this.caller.get("/jobs/pruned").json().path("created_at").asString()).isEqualTo(first);
	}

	@Test
	void removeCopiesWhenTheWatchHasNotTakenTheContentKeepsThem() {
		JobFolder folder = JobFolder.create(this.root, "news", "talk").withClips(1);
		lookLater();
		this.service.run("news");
		folder.withFile("hook_" + folder.clip(1), new byte[3]);
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> this.copies.remove(new JobId("news"), () -> true));
		assertThat(folder.path().resolve(folder.clip(1))).exists();
		lookLater();
		this.service.run("news");
		assertThat(this.copies.remove(new JobId("news"), () -> true)).hasSize(3);
	}

	@Test
	void lookWhenANewFileIsBesideTheRestoredOnesAcceptsIt() {
		JobFolder folder = JobFolder.create(this.root, "beside", "talk").withClips(1);
		lookLater();
		this.service.run("beside");
		folder.withFile("hook_1_" + folder.clip(1), new byte[3]);
		assertThat(this.caller.post("/jobs/beside/restore", "{}").status()).isEqualTo(200);
		lookLater();
		assertThat(this.service.run("beside").path("files_total").asInt()).isEqualTo(3);
	}

	@Test
	void lookWhenContentChangesAcceptsItAgainUnlessTheFileIsIgnored() {
		JobFolder folder = JobFolder.create(this.root, "changed", "talk").withClips(1);
		lookLater();
		String first = this.service.run("changed").path("created_at").asString();
		folder.withFile("temp_render.mp4", new byte[3]).withFile("log.txt", new byte[3]);
		lookLater();
		assertThat(this.caller.get("/jobs/changed").json().path("created_at").asString()).isEqualTo(first);
		folder.withFile("subtitled_1_" + folder.clip(1), new byte[3]);
		lookLater();
		assertThat(this.service.run("changed").path("files_total").asInt()).isEqualTo(3);
	}

	@Test
	void lookWhenAFileStillGrowsWaits() {
		JobFolder folder = JobFolder.create(this.root, "growing", "talk").withClips(1);
		this.watch.look();
		for (int step = 1; step < 5; step++) {
			this.clock.advance(QUIET.minusSeconds(1));
			folder.withFile("temp_render.mp4", new byte[step]);
			this.watch.look();
		}
		assertThat(this.caller.get("/jobs/growing").status()).isEqualTo(404);
		this.clock.advance(QUIET);
		this.watch.look();
		assertThat(this.service.run("growing").path("status").asString()).isEqualTo("completed");
	}

	@Test
	void lookWhenMetadataOrAClipIsMissingOrBrokenWaits() throws IOException {
		JobFolder.create(this.root, "no-metadata", "talk").withFile("talk_clip_1.mp4", new byte[1]);
		JobFolder.create(this.root, "no-clip", "talk").withMetadata(2).withFile("talk_clip_1.mp4", new byte[1]);
		JobFolder.create(this.root, "empty-clip", "talk").withMetadata(1).withFile("talk_clip_1.mp4", new byte[0]);
		JobFolder.create(this.root, "half-metadata", "talk")
			.withFile("talk_metadata.json", "{\"shorts\": [".getBytes(StandardCharsets.UTF_8))
			.withFile("talk_clip_1.mp4", new byte[1]);
		Files.createSymbolicLink(this.root.resolve("linked-watch"), Path.of("/etc"));
		lookLater();
		for (String job : new String[] { "no-metadata", "no-clip", "empty-clip", "half-metadata", "linked-watch" }) {
			assertThat(this.caller.get("/jobs/" + job).status()).as(job).isEqualTo(404);
		}
		JobFolder.create(this.root, "no-clip", "talk").withFile("talk_clip_2.mp4", new byte[1]);
		lookLater();
		assertThat(this.service.run("no-clip").path("files_done").asInt()).isEqualTo(3);
	}

	@Test
	void lookWhenACallPostedTheSameContentBeforeOrAfterTheFirstLookLeavesItAlone() {
		JobFolder.create(this.root, "posted-before", "talk").withClips(1);
		String before = this.service.upload("posted-before").path("created_at").asString();
		JobFolder.create(this.root, "posted-after", "talk").withClips(1);
		this.watch.look();
		String after = this.service.upload("posted-after").path("created_at").asString();
		this.clock.advance(QUIET);
		this.watch.look();
		this.watch = restarted();
		lookLater();
		assertThat(createdAt("posted-before")).isEqualTo(before);
		assertThat(createdAt("posted-after")).isEqualTo(after);
	}

	@Test
	void lookWhenACallPostedTheDirectoryUnderAnotherIdLeavesItAlone() throws IOException {
		JobFolder.create(this.root, "run-7", "talk").withClips(1);
		Files.createSymbolicLink(this.root.resolve("latest"), Path.of("run-7"));
		this.caller.post("/jobs/lecture/artifacts", "{\"directory\": \"./latest\"}");
		assertThat(this.service.run("lecture").path("status").asString()).isEqualTo("completed");
		lookLater();
		assertThat(this.caller.get("/jobs/run-7").status()).isEqualTo(404);
	}

	@Test
	void lookWhenTheJobHasFailedLeavesTheDirectoryAloneUntilItsContentChanges() {
		JobFolder folder = JobFolder.create(this.root, "broken", "talk").withClips(1);
		this.caller.post("/jobs/broken/completion", "{\"return_code\": 1}");
		lookLater();
		assertThat(this.caller.get("/jobs/broken").json().path("status").asString()).isEqualTo("failed");
		folder.withFile("subtitled_1_" + folder.clip(1), new byte[3]);
		lookLater();
		assertThat(this.service.run("broken").path("status").asString()).isEqualTo("completed");
	}

	@Test
	void lookWhenContentChangedWhileTheJobWasActiveAcceptsItAfterItsEnd(@Autowired Jobs jobs,
			@Autowired JobDirectory directories) {
		JobFolder folder = JobFolder.create(this.root, "busy", "talk").withClips(1);
		JobId id = new JobId("busy");
		jobs.enter(id, "busy", directories.artifacts(id, "busy"), null);
		folder.withClips(2);
		assertThat(this.caller.postJob("busy").problem()).isEqualTo("job-active");
		lookLater();
		assertThat(this.caller.get("/jobs/busy").json().path("files_total").asInt()).isEqualTo(2);
		this.caller.send(this.caller.request("/jobs/busy").DELETE());
		this.watch.look();
		assertThat(this.service.run("busy").path("files_done").asInt()).isEqualTo(3);
	}

	private String createdAt(String job) {
		return this.caller.get("/jobs/" + job).json().path("created_at").asString();
	}

	private void lookLater() {
		this.watch.look();
		this.clock.advance(QUIET);
		this.watch.look();
	}

	private JobsRootWatch restarted() {
		return new JobsRootWatch(this.folders, this.artifacts, new WatchSettings(true, QUIET), this.acceptance,
				this.clock);
	}

}
