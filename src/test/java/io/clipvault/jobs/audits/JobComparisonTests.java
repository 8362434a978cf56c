package io.clipvault.jobs.audits;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import io.clipvault.jobs.ledger.StoredFiles;

import io.clipvault.layouts.JobId;
import io.clipvault.storage.StoreFailure;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/** Jobs that change while an audit compares them. */
class JobComparisonTests {

	private static final JobId JOB = new JobId("talk");

	private static final StoredFiles.File DAMAGED = new StoredFiles.File("a.mp4", "talk/a.mp4", 1, "digest");

	private final StoredFiles files = mock();

	private final ObjectComparison objects = mock();

	private final JobComparison comparison = new JobComparison(this.files, this.objects,
			new AuditSettings(Duration.ZERO, false), mock());

	private static Optional<StoredFiles.Stored> stored(long revision) {
		return Optional.of(new StoredFiles.Stored(JOB, revision, "talk",
				List.of(new StoredFiles.File("a.mp4", "talk/a.mp4", 1, "digest"))));
	}

	private Optional<JobComparison.Compared> compare() {
		return this.comparison.compare(JOB, false, false, () -> false);
	}

	@Test
	void compareWhenTheJobIsStillTheSameCountsTheDifference() {
		given(this.files.of(JOB)).willReturn(stored(1));
		given(this.objects.compare(any())).willReturn(ObjectComparison.Outcome.MISSING);
		assertThat(compare().orElseThrow().missing()).containsExactly(new Finding(JOB, "talk/a.mp4"));
	}

	@Test
	void compareWhenOneObjectAloneCannotBeReadCountsItAsChanged() {
		givenTwoFiles();
		StoreFailure refused = failure(true);
		given(this.objects.compare(DAMAGED)).willThrow(refused);
		assertThat(compare().orElseThrow().changed()).containsExactly(new Finding(JOB, "talk/a.mp4"));
		StoreFailure broken = failure(false);
		given(this.objects.compareBytes(eq(DAMAGED), any())).willThrow(broken);
		assertThatExceptionOfType(StoreFailure.class)
			.isThrownBy(() -> this.comparison.compare(JOB, true, false, () -> false));
		assertThat(this.comparison.compare(JOB, true, true, () -> false).orElseThrow().changed())
			.containsExactly(new Finding(JOB, "talk/a.mp4"));
	}

	@Test
	void compareWhenNoObjectCanBeReadFails() {
		givenTwoFiles();
		StoreFailure refused = failure(true);
		given(this.objects.compare(any())).willThrow(refused);
		assertThatExceptionOfType(StoreFailure.class)
			.isThrownBy(() -> this.comparison.compare(JOB, false, true, () -> false));
	}

	private void givenTwoFiles() {
		given(this.files.of(JOB)).willReturn(Optional.of(new StoredFiles.Stored(JOB, 1L, "talk",
				List.of(DAMAGED, new StoredFiles.File("m.json", "talk/m.json", 1, "digest")))));
		given(this.objects.compare(any())).willReturn(ObjectComparison.Outcome.INTACT);
		given(this.objects.compareBytes(any(), any())).willReturn(ObjectComparison.Outcome.INTACT);
	}

	private static StoreFailure failure(boolean permanent) {
		StoreFailure failure = mock();
		given(failure.permanent()).willReturn(permanent);
		return failure;
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
