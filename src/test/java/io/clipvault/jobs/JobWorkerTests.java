package io.clipvault.jobs;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

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

class JobWorkerTests {

	private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

	private static final JobId JOB = new JobId("talk");

	private static final Claim CLAIM = new Claim(JOB, 4);

	private final Jobs jobs = mock();

	private final Claims claims = mock();

	private final UploadRun run = mock();

	private final JobEnds ends = mock();

	private final JobWorker worker = new JobWorker(this.jobs, this.claims, this.run, this.ends,
			new RetryPlan(new JobsSettings(Path.of("."), List.of(".mp4"), List.of(), 1, 1, 3, Duration.ofSeconds(5)),
					new MutableClock(NOW)));

	@BeforeEach
	void aJobThatIsDue() {
		given(this.claims.take(JOB, 2)).willReturn(Optional.of(CLAIM));
		given(this.jobs.get(JOB)).willReturn(new Job(JOB, "talk", JobStatus.UPLOADING, 0, 0, 0, 0, 1, null,
				Instant.EPOCH, null, null, null, List.of()));
	}

	private Optional<Instant> worked(UploadOutcome outcome) {
		given(this.run.upload(eq(CLAIM), any())).willReturn(outcome);
		return this.worker.work(JOB, 2);
	}

	@Test
	void workWhenTheJobHasEndedDoesNothing() {
		given(this.claims.take(JOB, 2)).willReturn(Optional.empty());
		assertThat(this.worker.work(JOB, 2)).isEmpty();
		verifyNoInteractions(this.run, this.ends);
		verify(this.claims).untidy(JOB);
	}

	@Test
	void workWhenTheJobIsHeldComesBackSoon() {
		given(this.claims.take(JOB, 2)).willReturn(Optional.empty());
		given(this.claims.waits(JOB, 2)).willReturn(true);
		assertThat(this.worker.work(JOB, 2)).contains(NOW.plusSeconds(1));
		verifyNoInteractions(this.run, this.ends);
	}

	@Test
	void workWhenEverythingArrivedCompletesTheJob() {
		assertThat(worked(new UploadOutcome.Done())).isEmpty();
		verify(this.ends).completed(CLAIM);
	}

	@Test
	void workWhenAFailureMayPassComesBackLater() {
		assertThat(worked(new UploadOutcome.Postponed("The store is busy.")).orElseThrow())
			.isBetween(NOW.plusMillis(2500), NOW.plusSeconds(5));
		verify(this.claims).postponed(CLAIM, "The store is busy.");
	}

	@Test
	void workWhenItFailedTooOftenGivesUp() {
		given(this.claims.failures(JOB)).willReturn(2);
		assertThat(worked(new UploadOutcome.Postponed("The store is busy."))).isEmpty();
		verify(this.ends).failed(eq(CLAIM), contains("after 3 tries. The store is busy."));
	}

	@Test
	void workWhenTheServiceStopsGivesTheJobBackToWhoeverComesNext() {
		assertThat(worked(new UploadOutcome.Stopping())).contains(NOW);
		verify(this.claims).released(CLAIM);
	}

	@Test
	void workWhenTheClaimIsLostAtTheVeryEndEndsNothing() {
		willThrow(new Claim.Lost(CLAIM)).given(this.ends).completed(CLAIM);
		assertThat(worked(new UploadOutcome.Done())).isEmpty();
		verify(this.ends).lost(CLAIM);
	}

}
