package io.clipvault.jobs.intake;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

import io.clipvault.jobs.JobStatus;
import io.clipvault.jobs.Posting;
import io.clipvault.jobs.folders.DirectoryListing;
import io.clipvault.jobs.folders.DirectorySnapshot;
import io.clipvault.jobs.folders.JobDirectory;
import io.clipvault.jobs.ledger.Job;
import io.clipvault.jobs.ledger.JobDetails;
import io.clipvault.jobs.ledger.JobView;
import io.clipvault.jobs.ledger.Jobs;
import io.clipvault.jobs.runs.UploadSchedule;
import io.clipvault.jobs.watched.WatchNotes;
import io.clipvault.layouts.JobId;
import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionOperations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

class JobAcceptanceTests {

	private static final JobId JOB = new JobId("talk");

	private static final DirectorySnapshot SEEN = new DirectorySnapshot(Path.of("talk"), new TreeMap<>());

	private static final DirectoryListing LISTING = new DirectoryListing("talk", List.of(), Path.of("talk"), null);

	private static final Posting POSTING = new Posting(JOB, 3);

	private static final JobView QUEUED = JobView.of(new Job(JOB, "talk", 3, JobStatus.QUEUED,
			new Job.Counts(0, 0, 0, 0), 0, null, Instant.EPOCH, null, null, null, null, null));

	private final Jobs jobs = mock();

	private final UploadSchedule schedule = mock();

	private final WatchNotes watched = mock();

	private final JobDetails details = mock();

	private final JobDirectory directories = mock();

	private final JobAcceptance acceptance = new JobAcceptance(this.directories,
			new Postings(this.directories, this.jobs, mock(), this.schedule, new QueueSettings(2)), this.watched,
			this.details, TransactionOperations.withoutTransaction());

	@Test
	void acceptWhenAsManyWaitAsMayIsRefusedForNow() {
		given(this.jobs.queued()).willReturn(2L);
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> this.acceptance.accept(JOB, "talk", null))
			.satisfies((full) -> assertThat(full.type()).isEqualTo(ProblemType.QUEUE_FULL))
			.withMessageStartingWith("2 jobs are already waiting");
		verify(this.schedule, never()).add(any());
	}

	@Test
	void acceptWhenOneMoreMayWaitSchedulesIt() {
		given(this.jobs.queued()).willReturn(1L);
		given(this.directories.list(JOB, "talk")).willReturn(LISTING);
		given(this.jobs.enter(JOB, "talk", List.of(), null)).willReturn(POSTING);
		given(this.details.get(JOB)).willReturn(QUEUED);
		assertThat(this.acceptance.accept(JOB, "talk", null)).isEqualTo(QUEUED);
		verify(this.schedule).add(POSTING);
	}

	@Test
	void acceptWhenTheDirectoryIsWatchedNotesItsContentAlsoIfItIsKnown() {
		given(this.watched.look("talk")).willReturn(Optional.of(SEEN));
		given(this.directories.list(JOB, "talk")).willReturn(LISTING);
		given(this.jobs.enter(JOB, "talk", List.of(), null)).willReturn(POSTING);
		given(this.details.get(JOB)).willReturn(QUEUED);
		this.acceptance.accept(JOB, "talk", null);
		verify(this.watched).note(SEEN);
		verify(this.schedule).add(POSTING);
	}

	@Test
	void acceptOnceWhenAnotherCallerBroughtTheContentSinceItWasLookedUpAcceptsNothing() {
		given(this.watched.isKnown(SEEN)).willReturn(false);
		given(this.watched.note(SEEN)).willReturn(false);
		assertThat(this.acceptance.acceptOnce(SEEN)).isFalse();
		verify(this.schedule, never()).add(any());
	}

}
