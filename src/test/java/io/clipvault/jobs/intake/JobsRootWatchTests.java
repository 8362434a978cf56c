package io.clipvault.jobs.intake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

import io.clipvault.jobs.folders.FolderSettings;
import io.clipvault.jobs.watched.WatchSettings;
import io.clipvault.kit.FreshFolders;
import io.clipvault.kit.JobFolder;
import io.clipvault.kit.MutableClock;
import io.clipvault.layouts.ArtifactSettings;
import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

@ExtendWith(OutputCaptureExtension.class)
class JobsRootWatchTests {

	private static final Duration QUIET = Duration.ofSeconds(30);

	private final Path root = FreshFolders.create("watch");

	private final MutableClock clock = new MutableClock(Clock.systemUTC().instant().plusSeconds(60));

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
		lookAfter(QUIET);
		lookAfter(Duration.ofSeconds(10));
		assertThat(output.toString().split("Job failing: its directory cannot", -1)).hasSize(2);
		lookAfter(Duration.ofSeconds(20));
		assertThat(output.toString().split("Job failing: its directory cannot", -1)).hasSize(3);
		lookAfter(Duration.ofSeconds(40));
		lookAfter(Duration.ofHours(2));
		verifyTaken("first", 1);
		verifyTaken("last", 1);
		verifyTaken("failing", 4);
	}

	@Test
	void lookWhenADirectoryCannotBeAcceptedTriesAgainMoreAndMoreRarelyAndAfterAChange() {
		JobFolder folder = JobFolder.create(this.root, "refused", "talk").withClips(1);
		given(this.queue.acceptOnce(any())).willThrow(new Problem(ProblemType.UNUSABLE_FILE_NAME, "too long"));
		this.watch.look();
		lookAfter(QUIET);
		verifyTaken("refused", 1);
		lookAfter(Duration.ofSeconds(9));
		verifyTaken("refused", 1);
		lookAfter(Duration.ofSeconds(1));
		verifyTaken("refused", 2);
		for (int hour = 0; hour < 24; hour++) {
			lookAfter(Duration.ofHours(1));
		}
		verifyTaken("refused", 26);
		folder.withFile("talk_clip_2.mp4", new byte[1]);
		this.watch.look();
		lookAfter(QUIET);
		verifyTaken("refused", 27);
	}

	@Test
	void lookWhenThereAreManyDirectoriesSeesAllAndReadsTheSettledOnesRarely() throws IOException {
		for (int number = 0; number < 10_200; number++) {
			Files.createDirectory(this.root.resolve("job-" + number));
		}
		Path last = JobFolder.create(this.root, "the-last", "talk").withClips(1).path();
		this.watch.look();
		lookAfter(QUIET);
		verifyTaken("the-last", 1);
		Files.write(last.resolve("talk_clip_1.mp4"), new byte[3]);
		lookAfter(QUIET);
		lookAfter(QUIET);
		verifyTaken("the-last", 1);
		for (int look = 0; look < 102; look++) {
			lookAfter(Duration.ofSeconds(1));
		}
		lookAfter(QUIET);
		verifyTaken("the-last", 2);
	}

	@Test
	void lookWhenTheClockWasSetBackWaitsForTheQuietTimeOnly() {
		JobFolder.create(this.root, "early", "talk").withClips(1);
		this.watch.look();
		lookAfter(Duration.ofDays(-365));
		lookAfter(QUIET);
		verifyTaken("early", 1);
	}

	private void lookAfter(Duration step) {
		this.clock.advance(step);
		this.watch.look();
	}

	private void verifyTaken(String job, int times) {
		verify(this.queue, times(times)).acceptOnce(argThat((seen) -> seen.name().equals(job)));
	}

}
