package io.clipvault.report;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.clipvault.kit.MutableClock;
import io.clipvault.objects.BucketName;
import io.clipvault.objects.BucketNames;
import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import org.junit.jupiter.api.Test;
import org.springframework.core.task.TaskRejectedException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.mockingDetails;
import static org.mockito.Mockito.reset;

class ReportsTests {

	private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

	private static final BucketName B = BucketNames.of("b");

	private final ReportSettings settings = new ReportSettings(Duration.ofHours(1), "USD", Map.of(), BigDecimal.ONE,
			90);

	private final MutableClock clock = new MutableClock(NOW);

	private final ReportRun run = mock();

	private final Reports reports = new Reports(this.run, this.settings, this.clock);

	@Test
	void getListsOnceWhileTheFiguresAreFresh() {
		given(this.run.count(any())).willReturn(CompletableFuture.completedFuture(counted()));
		assertThat(this.reports.get(B, false, 5).state()).isEqualTo(StorageReport.State.READY);
		assertThat(this.reports.get(B, false, 5).computedAt()).isEqualTo(NOW);
		assertThat(countListings()).isEqualTo(1);
		this.clock.advance(Duration.ofHours(1));
		given(this.run.count(any())).willReturn(CompletableFuture.completedFuture(counted()));
		this.reports.get(B, false, 5);
		assertThat(this.reports.get(B, false, 5).computedAt()).isEqualTo(NOW.plus(Duration.ofHours(1)));
		assertThat(countListings()).isEqualTo(2);
	}

	@Test
	void getWhileAListingRunsShowsTheOlderFigures() {
		given(this.run.count(any())).willReturn(CompletableFuture.completedFuture(counted()));
		this.reports.get(B, false, 5);
		this.clock.advance(Duration.ofHours(2));
		CompletableFuture<Counting.Counted> listing = new CompletableFuture<>();
		given(this.run.count(any())).willReturn(listing);
		StorageReport refreshing = this.reports.get(B, false, 5);
		assertThat(refreshing.state()).isEqualTo(StorageReport.State.REFRESHING);
		assertThat(refreshing.computedAt()).isEqualTo(NOW);
		this.reports.get(B, false, 5);
		assertThat(countListings()).isEqualTo(2);
		listing.complete(counted());
		assertThat(this.reports.get(B, false, 5).state()).isEqualTo(StorageReport.State.READY);
	}

	@Test
	void getWhenTheListingFailsSaysWhyAndTheNextCallListsAgain() {
		given(this.run.count(any()))
			.willReturn(CompletableFuture.failedFuture(new Problem(ProblemType.BUCKET_NOT_FOUND, "no bucket")));
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> this.reports.get(B, false, 5))
			.withMessage("no bucket");
		given(this.run.count(any())).willReturn(CompletableFuture.completedFuture(counted()));
		assertThat(this.reports.get(B, false, 5).state()).isEqualTo(StorageReport.State.READY);
	}

	@Test
	void getWhenTheExecutorIsFullIsRefusedAndTheNextCallListsAgain() {
		given(this.run.count(any())).willThrow(new TaskRejectedException("full"));
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> this.reports.get(B, false, 5))
			.satisfies((problem) -> assertThat(problem.type()).isEqualTo(ProblemType.QUEUE_FULL));
		reset(this.run);
		given(this.run.count(any())).willReturn(CompletableFuture.completedFuture(counted()));
		assertThat(this.reports.get(B, false, 5).state()).isEqualTo(StorageReport.State.READY);
	}

	private int countListings() {
		return mockingDetails(this.run).getInvocations().size();
	}

	private Counting.Counted counted() {
		return new Counting.Counted(new Tally(this.settings, "", this.clock.instant()), this.clock.instant());
	}

}
