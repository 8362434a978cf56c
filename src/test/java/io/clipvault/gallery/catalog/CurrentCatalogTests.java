package io.clipvault.gallery.catalog;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import io.clipvault.gallery.catalog.JobClips.Source;
import io.clipvault.layouts.ArtifactKey;
import io.clipvault.layouts.ArtifactName;
import io.clipvault.layouts.ClipMetadata;
import io.clipvault.layouts.JobId;
import io.clipvault.layouts.Metadata;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;

class CurrentCatalogTests {

	private static final Duration BOUND = Duration.ofMillis(5);

	private final CatalogReader reader = Mockito.mock(CatalogReader.class);

	private final CurrentCatalog current = new CurrentCatalog(this.reader);

	@Test
	void updateWhenListingsOverlapKeepsTheOneThatBeganLast() throws Exception {
		load(List.of());
		JobClips before = job(1, 1);
		JobClips after = job(1, 3);
		CountDownLatch listed = new CountDownLatch(1);
		CountDownLatch go = new CountDownLatch(1);
		given(this.reader.read(eq(before.job()), any())).willAnswer((call) -> {
			listed.countDown();
			go.await();
			return before;
		}).willReturn(after);
		try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
			Future<Boolean> first = callers.submit(() -> this.current.update(before.job()));
			listed.await();
			assertThat(this.current.update(before.job())).isTrue();
			assertThat(entries()).isEqualTo(after.entries());
			go.countDown();
			assertThat(first.get()).isTrue();
		}
		assertThat(entries()).isEqualTo(after.entries());
	}

	@Test
	void updateWhenARefreshBeganLaterLeavesItsResult() throws Exception {
		load(List.of());
		JobClips before = job(1, 1);
		JobClips after = job(1, 3);
		CountDownLatch listed = new CountDownLatch(1);
		CountDownLatch go = new CountDownLatch(1);
		given(this.reader.read(eq(before.job()), any())).willAnswer((call) -> {
			listed.countDown();
			go.await();
			return before;
		});
		try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
			Future<Boolean> first = callers.submit(() -> this.current.update(before.job()));
			listed.await();
			load(List.of(after));
			go.countDown();
			assertThat(first.get()).isTrue();
		}
		assertThat(entries()).isEqualTo(after.entries());
	}

	@Test
	void retryWhenTheFirstRefreshFailedTooTellsOfNoJob() {
		JobClips job = job(1, 1);
		given(this.reader.read(eq(job.job()), any())).willThrow(new IllegalStateException("away"));
		this.current.beginRefresh();
		assertThat(this.current.update(job.job())).isFalse();
		this.current.endRefresh();
		this.current.retryUnlisted();
		assertThat(this.current.retryUnlisted()).isEmpty();
	}

	@Test
	void withWhenJobsComeChangeAndGoEqualsSortingAll() {
		Random random = new Random(7);
		Catalog catalog = Catalog.EMPTY.next(IntStream.range(0, 50).mapToObj((number) -> job(number, 2)).toList(),
				Instant.EPOCH, List.of());
		for (int step = 0; step < 300; step++) {
			JobClips job = job(random.nextInt(80), random.nextInt(4));
			catalog = catalog
				.with(List.of(job.entries().isEmpty() ? new JobClips(job.job(), List.of(), List.of()) : job,
						job(random.nextInt(80), 1)));
			List<ClipEntry> sorted = new ArrayList<>();
			catalog.jobs().values().forEach((each) -> sorted.addAll(each.entries()));
			sorted.sort(Comparator.comparing(ClipEntry::position));
			assertThat(catalog.entries()).as("step %d", step).isEqualTo(sorted);
			assertThat(catalog.jobs()).hasSize((int) catalog.jobs().values().stream().count());
		}
	}

	@Test
	void withWhenOneOfAHundredThousandJobsChangesCostsUnderFiveMilliseconds() {
		Catalog catalog = Catalog.EMPTY.next(IntStream.range(0, 100_000).mapToObj((number) -> job(number, 3)).toList(),
				Instant.EPOCH, List.of());
		assertThat(catalog.entries()).hasSize(300_000);
		long least = Long.MAX_VALUE;
		for (int round = 0; round < 20; round++) {
			JobClips published = job(1_000_000 + round, 3);
			long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
			catalog = catalog.with(List.of(published));
			least = Math.min(least, ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start);
		}
		assertThat(catalog.entries()).hasSize(300_060);
		System.out.printf("Publishing a job into 300,000 clips takes %d µs of CPU.%n", least / 1000);
		assertThat(Duration.ofNanos(least)).isLessThan(BOUND);
	}

	private void load(List<JobClips> jobs) {
		this.current.beginRefresh();
		this.current.replace(Catalog.EMPTY.next(jobs, Instant.EPOCH, List.of()));
	}

	private List<ClipEntry> entries() {
		Catalog catalog = this.current.get();
		return (catalog != null) ? catalog.entries() : List.of();
	}

	private static JobClips job(int number, int clips) {
		JobId job = new JobId("job-" + number);
		List<ClipMetadata> described = new ArrayList<>();
		List<String> files = new ArrayList<>();
		for (int index = 0; index < clips; index++) {
			described.add(new ClipMetadata("title", "tiktok", "instagram", 30));
			files.add(ArtifactName.clip("talk", index));
		}
		MetadataObject object = new MetadataObject(new ArtifactKey(job, ArtifactName.metadata("talk")),
				number + "-" + clips, 2000, Instant.ofEpochSecond(number % 1000));
		return JobClips.of(job, List.of(new Source(object, new Metadata.Usable(described))), files);
	}

}
