package io.clipvault.jobs;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

import io.clipvault.layouts.JobId;
import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionOperations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

class JobQueueTests {

	private static final JobId JOB = new JobId("talk");

	private static final WatchedDirectory SEEN = new WatchedDirectory(Path.of("talk"), new TreeMap<>());

	private static final Job QUEUED = new Job(JOB, "talk", JobStatus.QUEUED, 0, 0, 0, 0, 0, null, Instant.EPOCH, null,
			null, null, null);

	private final Jobs jobs = mock();

	private final UploadSchedule schedule = mock();

	private final WatchedJobs watched = mock();

	private final JobQueue queue = new JobQueue(mock(), this.jobs, this.schedule,
			TransactionOperations.withoutTransaction(),
			new JobsSettings(Path.of("."), List.of(".mp4"), List.of(), 1, 2, 1, Duration.ofSeconds(1)), this.watched,
			mock());

	@Test
	void acceptWhenAsManyWaitAsMayIsRefusedForNow() {
		given(this.jobs.queued()).willReturn(2L);
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> this.queue.accept(JOB, "talk"))
			.satisfies((full) -> assertThat(full.type()).isEqualTo(ProblemType.QUEUE_FULL))
			.withMessageStartingWith("2 jobs are waiting already");
		verify(this.schedule, never()).add(any(), anyLong());
	}

	@Test
	void acceptWhenOneMoreMayWaitSchedulesItAndHasItBegunAtOnce() {
		given(this.jobs.queued()).willReturn(1L);
		given(this.schedule.place()).willReturn("here");
		given(this.jobs.enter(JOB, "talk", "here", List.of(), null)).willReturn(3L);
		given(this.jobs.get(JOB)).willReturn(QUEUED);
		assertThat(this.queue.accept(JOB, "talk")).isEqualTo(QUEUED);
		verify(this.schedule).add(JOB, 3);
		verify(this.schedule).hurry();
	}

	@Test
	void acceptWhenTheDirectoryIsWatchedNotesItsContentAlsoIfItIsKnown() {
		given(this.watched.look("talk")).willReturn(Optional.of(SEEN));
		given(this.jobs.get(JOB)).willReturn(QUEUED);
		this.queue.accept(JOB, "talk");
		verify(this.watched).note(SEEN);
		verify(this.schedule).add(JOB, 0);
	}

	@Test
	void acceptOnceWhenAnotherCallerBroughtTheContentSinceItWasLookedUpAcceptsNothing() {
		given(this.watched.known(SEEN)).willReturn(false);
		given(this.watched.note(SEEN)).willReturn(false);
		assertThat(this.queue.acceptOnce(SEEN)).isFalse();
		verify(this.schedule, never()).add(any(), anyLong());
	}

}
