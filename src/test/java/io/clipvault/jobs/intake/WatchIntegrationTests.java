package io.clipvault.jobs.intake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

import io.clipvault.jobs.folders.FolderSettings;
import io.clipvault.jobs.folders.JobDirectory;
import io.clipvault.jobs.ledger.Jobs;
import io.clipvault.jobs.ledger.WatchSettings;
import io.clipvault.kit.Caller;
import io.clipvault.kit.ClipvaultTest;
import io.clipvault.kit.JobFolder;
import io.clipvault.kit.MutableClock;
import io.clipvault.layouts.ArtifactSettings;
import io.clipvault.layouts.JobId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/** The service looks at the root too, but nothing gets quiet enough for it. */
@ClipvaultTest
@TestPropertySource(properties = { "clipvault.jobs.watch=true", "clipvault.jobs.quiet-time=1h" })
class WatchIntegrationTests {

	private static final Duration QUIET = Duration.ofSeconds(30);

	private final MutableClock clock = new MutableClock(Clock.systemUTC().instant());

	@SuppressWarnings("NullAway.Init")
	private Caller caller;

	@SuppressWarnings("NullAway.Init")
	private Path root;

	@SuppressWarnings("NullAway.Init")
	private JobsRootWatch watch;

	@SuppressWarnings("NullAway.Init")
	private JobAcceptance acceptance;

	@SuppressWarnings("NullAway.Init")
	private FolderSettings folders;

	@SuppressWarnings("NullAway.Init")
	private ArtifactSettings artifacts;

	@BeforeEach
	void call(@LocalServerPort int port, @Value("${clipvault.jobs.root}") Path jobsRoot,
			@Autowired JobAcceptance jobAcceptance, @Autowired FolderSettings folderSettings,
			@Autowired ArtifactSettings artifactSettings) {
		this.caller = new Caller(port);
		this.root = jobsRoot;
		this.acceptance = jobAcceptance;
		this.folders = folderSettings;
		this.artifacts = artifactSettings;
		this.watch = restarted();
	}

	@Test
	void lookWhenDirectoryIsCompleteAndQuietTakesItOnce() {
		JobFolder.create(this.root, "watched", "talk").withClips(2);
		this.watch.look();
		this.clock.advance(QUIET.minusMillis(1));
		this.watch.look();
		assertThat(this.caller.get("/jobs/watched").status()).isEqualTo(404);
		this.clock.advance(Duration.ofMillis(1));
		this.watch.look();
		String first = this.caller.ended("watched").path("created_at").asString();
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
		String first = this.caller.ended("restored").path("created_at").asString();
		Files.delete(this.root.resolve("restored").resolve(folder.clip(1)));
		assertThat(this.caller.post("/jobs/restored/restore", "{}").status()).isEqualTo(200);
		lookLater();
		assertThat(this.caller.get("/jobs/restored").json().path("created_at").asString()).isEqualTo(first);
	}

	@Test
	void lookWhenSomethingNewLayBesideWhatWasRestoredTakesIt() {
		JobFolder folder = JobFolder.create(this.root, "beside", "talk").withClips(1);
		lookLater();
		this.caller.ended("beside");
		folder.withFile("hook_1_" + folder.clip(1), new byte[3]);
		assertThat(this.caller.post("/jobs/beside/restore", "{}").status()).isEqualTo(200);
		lookLater();
		assertThat(this.caller.ended("beside").path("files_total").asInt()).isEqualTo(3);
	}

	@Test
	void lookWhenContentChangesTakesItAgainButNotForAnIgnoredFile() {
		JobFolder folder = JobFolder.create(this.root, "changed", "talk").withClips(1);
		lookLater();
		String first = this.caller.ended("changed").path("created_at").asString();
		folder.withFile("temp_render.mp4", new byte[3]).withFile("log.txt", new byte[3]);
		lookLater();
		assertThat(this.caller.get("/jobs/changed").json().path("created_at").asString()).isEqualTo(first);
		folder.withFile("subtitled_1_" + folder.clip(1), new byte[3]);
		lookLater();
		assertThat(this.caller.ended("changed").path("files_total").asInt()).isEqualTo(3);
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
		assertThat(this.caller.ended("growing").path("status").asString()).isEqualTo("completed");
	}

	@Test
	void lookWhenMetadataOrAClipIsMissingOrBrokenWaits() throws IOException {
		JobFolder.create(this.root, "no-metadata", "talk").withFile("talk_clip_1.mp4", new byte[1]);
		JobFolder.create(this.root, "no-clip", "talk").withMetadata(2).withFile("talk_clip_1.mp4", new byte[1]);
		JobFolder.create(this.root, "empty-clip", "talk").withMetadata(1).withFile("talk_clip_1.mp4", new byte[0]);
		JobFolder.create(this.root, "half-metadata", "talk")
			.withFile("talk_metadata.json", "{\"shorts\": [".getBytes(java.nio.charset.StandardCharsets.UTF_8))
			.withFile("talk_clip_1.mp4", new byte[1]);
		Files.createSymbolicLink(this.root.resolve("linked-watch"), Path.of("/etc"));
		lookLater();
		for (String job : new String[] { "no-metadata", "no-clip", "empty-clip", "half-metadata", "linked-watch" }) {
			assertThat(this.caller.get("/jobs/" + job).status()).as(job).isEqualTo(404);
		}
		JobFolder.create(this.root, "no-clip", "talk").withFile("talk_clip_2.mp4", new byte[1]);
		lookLater();
		assertThat(this.caller.ended("no-clip").path("files_done").asInt()).isEqualTo(3);
	}

	@Test
	void lookWhenACallBroughtTheSameContentBeforeOrAfterTheFirstLookLeavesItAlone() {
		JobFolder.create(this.root, "posted-before", "talk").withClips(1);
		this.caller.postJob("posted-before");
		String before = this.caller.ended("posted-before").path("created_at").asString();
		JobFolder.create(this.root, "posted-after", "talk").withClips(1);
		this.watch.look();
		this.caller.postJob("posted-after");
		String after = this.caller.ended("posted-after").path("created_at").asString();
		this.clock.advance(QUIET);
		this.watch.look();
		this.watch = restarted();
		lookLater();
		assertThat(createdAt("posted-before")).isEqualTo(before);
		assertThat(createdAt("posted-after")).isEqualTo(after);
	}

	@Test
	void lookWhenACallBroughtTheDirectoryUnderAnotherIdLeavesItAlone() throws IOException {
		JobFolder.create(this.root, "run-7", "talk").withClips(1);
		Files.createSymbolicLink(this.root.resolve("latest"), Path.of("run-7"));
		this.caller.post("/jobs/lecture/artifacts", "{\"directory\": \"./latest\"}");
		assertThat(this.caller.ended("lecture").path("status").asString()).isEqualTo("completed");
		lookLater();
		assertThat(this.caller.get("/jobs/run-7").status()).isEqualTo(404);
	}

	@Test
	void lookWhenTheGeneratorSaidThatItFailedLeavesTheDirectoryAlone() {
		JobFolder.create(this.root, "broken", "talk").withClips(1);
		this.caller.post("/jobs/broken/completion", "{\"return_code\": 1}");
		lookLater();
		assertThat(this.caller.get("/jobs/broken").json().path("status").asString()).isEqualTo("failed");
	}

	@Test
	void lookWhenContentChangedWhileTheJobWasActiveTakesItAfterItsEnd(@Autowired Jobs jobs,
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
		assertThat(this.caller.ended("busy").path("files_done").asInt()).isEqualTo(3);
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
