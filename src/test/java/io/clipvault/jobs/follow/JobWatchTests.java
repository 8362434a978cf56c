package io.clipvault.jobs.follow;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.clipvault.jobs.JobStatus;
import io.clipvault.jobs.ledger.Job;
import io.clipvault.jobs.ledger.JobDetails;
import io.clipvault.jobs.ledger.JobView;
import io.clipvault.kit.MutableClock;
import io.clipvault.layouts.JobId;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

class JobWatchTests {

	private static final JobId JOB = new JobId("talk");

	private final JobDetails jobs = mock();

	private final MutableClock clock = new MutableClock(Instant.EPOCH);

	private final JobWatch watch = new JobWatch();

	private JobProgress look(long bytes) {
		given(this.jobs.progress(JOB)).willReturn(JobView.of(new Job(JOB, "talk", 1, JobStatus.UPLOADING,
				new Job.Counts(0, 1, bytes, 10_000), 1, null, Instant.EPOCH, null, null, null, null, null)));
		return this.watch.look(this.jobs, JOB, this.clock);
	}

	@Test
	void lookWhenTheIntervalIsNotOverReadsOnce() {
		look(0);
		assertThat(look(1000).bytesDone()).isZero();
		verify(this.jobs, times(1)).progress(JOB);
		this.clock.advance(JobWatch.INTERVAL);
		assertThat(look(1000).bytesDone()).isEqualTo(1000);
	}

	@Test
	void lookWhenBytesArrivedShowsTheRateOfTheLastSecondsAndTheTimeLeft() {
		assertThat(look(0).secondsLeft()).isNull();
		this.clock.advance(Duration.ofSeconds(1));
		JobProgress soon = look(4000);
		assertThat(soon.bytesPerSecond()).isEqualTo(4000);
		assertThat(soon.secondsLeft()).isEqualTo(2);
		this.clock.advance(Duration.ofMinutes(1));
		assertThat(look(4000).bytesPerSecond()).isZero();
	}

	@Test
	void lookWhenTheClockWasSetBackReadsAgain() {
		look(4000);
		this.clock.advance(Duration.ofHours(-1));
		JobProgress after = look(5000);
		assertThat(after.bytesDone()).isEqualTo(5000);
		assertThat(after.bytesPerSecond()).isZero();
	}

}
