package io.clipvault.jobs.audits;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import io.clipvault.jobs.ledger.StoredFiles;

import io.clipvault.layouts.JobId;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/** Jobs that change while an audit compares them. */
class JobComparisonTests {

	private static final JobId JOB = new JobId("talk");

	private final StoredFiles files = mock();

	private final ObjectComparison objects = mock();

	private final JobComparison comparison = new JobComparison(this.files, this.objects,
			new AuditSettings(Duration.ZERO, false), mock());

	private static Optional<StoredFiles.Stored> stored(long revision) {
		return Optional.of(new StoredFiles.Stored(JOB, revision, "talk",
				List.of(new StoredFiles.File("a.mp4", "talk/a.mp4", 1, "digest"))));
	}

	private Optional<JobComparison.Compared> compare() {
		return this.comparison.compare(JOB, false, () -> false);
	}

	@Test
	void compareWhenTheJobIsStillTheSameCountsTheDifference() {
		given(this.files.of(JOB)).willReturn(stored(1));
		given(this.objects.compare(any())).willReturn(ObjectComparison.Outcome.MISSING);
		assertThat(compare().orElseThrow().missing()).containsExactly(new Finding(JOB, "talk/a.mp4"));
	}

	@Test
	void compareWhenTheJobWasRemovedMeanwhileMissesNothing() {
		given(this.files.of(JOB)).willReturn(stored(1)).willReturn(Optional.empty());
		given(this.objects.compare(any())).willReturn(ObjectComparison.Outcome.MISSING);
		assertThat(compare()).isEmpty();
	}

	@Test
	void compareWhenTheJobWasPostedAgainMeanwhileComparesTheNewPosting() {
		given(this.files.of(JOB)).willReturn(stored(1)).willReturn(stored(2));
		given(this.objects.compare(any())).willReturn(ObjectComparison.Outcome.CHANGED,
				ObjectComparison.Outcome.INTACT);
		assertThat(compare().orElseThrow().isIntact()).isTrue();
	}

	@Test
	void compareWhenTheJobChangesEachTimeLeavesItToTheNextAudit() {
		AtomicLong revision = new AtomicLong();
		given(this.files.of(JOB)).willAnswer((call) -> stored(revision.incrementAndGet()));
		given(this.objects.compare(any())).willReturn(ObjectComparison.Outcome.MISSING);
		assertThat(compare()).isEmpty();
	}

}
