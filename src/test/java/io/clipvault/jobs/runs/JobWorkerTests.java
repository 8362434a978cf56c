package io.clipvault.jobs.runs;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import io.clipvault.jobs.JobStatus;
import io.clipvault.jobs.Posting;
import io.clipvault.jobs.ledger.Claim;
import io.clipvault.jobs.ledger.Claims;
import io.clipvault.jobs.ledger.Job;
import io.clipvault.jobs.ledger.Jobs;
import io.clipvault.jobs.transfer.UploadOutcome;
import io.clipvault.jobs.transfer.UploadRun;
import io.clipvault.kit.MutableClock;
import io.clipvault.layouts.JobId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.contains;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.verifyNoMoreInteractions;

class JobWorkerTests {

	private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

	private static final JobId JOB = new JobId("talk");

	private static final Posting POSTING = new Posting(JOB, 2);

	private static final Claim CLAIM = new Claim(JOB, 4);

	private final Jobs jobs = mock();

	private final Claims claims = mock();

	private final UploadRun run = mock();

	private final JobEnds ends = mock();

	private final JobWorker worker = new JobWorker(this.jobs, this.claims, this.run, this.ends,
			new RetryPlan(new RetrySettings(3, Duration.ofSeconds(5), Duration.ofMinutes(15), Duration.ofDays(7)),
					new MutableClock(NOW)));

	@BeforeEach
	void aJobThatIsDue() {
		given(this.claims.take(POSTING)).willReturn(Optional.of(CLAIM));
		given(this.claims.failures(JOB)).willReturn(Job.Failures.NONE);
		given(this.jobs.get(JOB)).willReturn(new Job(JOB, "talk", 2, JobStatus.UPLOADING, new Job.Counts(0, 1, 0, 9), 1,
				null, Instant.EPOCH, null, null, null, null, null));
	}

	private Optional<Instant> worked(UploadOutcome outcome) {
		given(this.run.upload(eq(CLAIM), any())).willReturn(outcome);
		return this.worker.work(POSTING);
	}

	@Test
	void workWhenTheJobHasEndedDoesNothing() {
		given(this.claims.take(POSTING)).willReturn(Optional.empty());
		assertThat(this.worker.work(POSTING)).isEmpty();
		verifyNoInteractions(this.run);
		verify(this.ends).abandon(JOB);
		verifyNoMoreInteractions(this.ends);
	}

	@Test
	void workWhenTheJobIsHeldRetriesSoon() {
		given(this.claims.take(POSTING)).willReturn(Optional.empty());
		given(this.claims.isOpen(POSTING)).willReturn(true);
		assertThat(this.worker.work(POSTING)).contains(NOW.plusSeconds(1));
		verifyNoInteractions(this.run, this.ends);
	}

	@Test
	void workWhenEverythingArrivedCompletesTheJob() {
		assertThat(worked(new UploadOutcome.Done())).isEmpty();
		verify(this.ends).complete(CLAIM);
	}

	@Test
	void workWhenAFailureMayPassRetriesLater() {
		assertThat(worked(new UploadOutcome.Postponed("The store is busy.")).orElseThrow())
			.isBetween(NOW.plusMillis(2500), NOW.plusSeconds(5));
		verify(this.claims).postpone(CLAIM, "The store is busy.", new Job.Failures(1, 0, null));
	}

	@Test
	void workWhenItFailedTooOftenFailsTheJobAndTriesItAgain() {
		given(this.claims.failures(JOB)).willReturn(new Job.Failures(2, 0, null));
		Instant next = worked(new UploadOutcome.Postponed("The store is busy.")).orElseThrow();
		assertThat(next).isBetween(NOW.plus(Duration.ofMinutes(15)), NOW.plus(Duration.ofMinutes(16)));
		verify(this.ends).failUntil(eq(next), eq(CLAIM), contains("after 3 tries. The store is busy."),
				eq(new Job.Failures(3, 1, NOW)));
	}

	@Test
	void workWhenTheStoreRefusesFailsTheJobAtOnceAndTriesItAgain() {
		assertThat(worked(new UploadOutcome.Failed("There is no bucket.", false))).isPresent();
		verify(this.ends).failUntil(any(), eq(CLAIM), eq("There is no bucket."), eq(new Job.Failures(0, 1, NOW)));
	}

	@Test
	void workWhenAFileMustBeRepairedDoesNotTryAgain() {
		assertThat(worked(new UploadOutcome.Failed("a.mp4: The file vanished.", true))).isEmpty();
		verify(this.ends).fail(CLAIM, "a.mp4: The file vanished.");
	}

	@Test
	void workWhenItWasTriedForLongEnoughGivesUp() {
		given(this.claims.failures(JOB)).willReturn(new Job.Failures(3, 40, NOW.minus(Duration.ofDays(7))));
		assertThat(worked(new UploadOutcome.Failed("There is no bucket.", false))).isEmpty();
		verify(this.ends).fail(CLAIM, "There is no bucket.");
	}

	@Test
	void workWhenTheServiceStopsReleasesTheJob() {
		assertThat(worked(new UploadOutcome.Stopping())).contains(NOW);
		verify(this.claims).release(CLAIM);
	}

	@Test
	void workWhenTheClaimIsLostAtTheEndEndsNothing() {
		willThrow(Claim.Lost.class).given(this.ends).complete(CLAIM);
		assertThat(worked(new UploadOutcome.Done())).isEmpty();
		verify(this.ends).abandon(JOB);
	}

}
