package io.clipvault.jobs.intake;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.clipvault.jobs.folders.FolderSettings;
import io.clipvault.jobs.ledger.WatchSettings;
import io.clipvault.kit.FreshFolders;
import io.clipvault.kit.JobFolder;
import io.clipvault.kit.MutableClock;
import io.clipvault.layouts.ArtifactSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

@ExtendWith(OutputCaptureExtension.class)
class JobsRootWatchTests {

	private static final Duration QUIET = Duration.ofSeconds(30);

	private final Path root = FreshFolders.create("watch");

	private final MutableClock clock = new MutableClock(Instant.parse("2026-01-01T00:00:00Z"));

	private final JobAcceptance queue = mock();

	private final JobsRootWatch watch = new JobsRootWatch(new FolderSettings(this.root),
			new ArtifactSettings(List.of(".mp4", ".json"), List.of()), new WatchSettings(true, QUIET), this.queue,
			this.clock);

	@Test
	void lookWhenOneDirectoryFailsTakesTheOthersAndTellsOnceUntilTheFailureChanges(CapturedOutput output) {
		for (String job : List.of("first", "failing", "last")) {
			JobFolder.create(this.root, job, "talk").withClips(1);
		}
		given(this.queue.acceptOnce(argThat((seen) -> seen != null && seen.name().equals("failing"))))
			.willThrow(new IllegalStateException("no room"), new IllegalStateException("no room"),
					new IllegalStateException("no database"))
			.willReturn(true);
		this.watch.look();
		this.clock.advance(QUIET);
		this.watch.look();
		this.watch.look();
		assertThat(output.toString().split("Job failing: its directory could not", -1)).hasSize(2);
		this.watch.look();
		assertThat(output.toString().split("Job failing: its directory could not", -1)).hasSize(3);
		this.watch.look();
		this.watch.look();
		verifyTaken("first", 1);
		verifyTaken("last", 1);
		verifyTaken("failing", 4);
	}

	private void verifyTaken(String job, int times) {
		verify(this.queue, times(times)).acceptOnce(argThat((seen) -> seen.name().equals(job)));
	}

}
