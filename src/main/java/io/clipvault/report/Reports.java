package io.clipvault.report;

import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.clipvault.objects.BucketName;
import io.clipvault.problems.Problem;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.task.TaskRejectedException;
import org.springframework.stereotype.Component;

/** The latest report of each bucket; one listing at a time makes a new one. */
@Component
class Reports {

	/**
	 * The time in which most small buckets are listed, so that the first call gets
	 * figures.
	 */
	private static final Duration PATIENCE = Duration.ofSeconds(2);

	/**
	 * How long figures are kept, although they are not fresh, to show while a listing
	 * runs.
	 */
	private static final Duration KEPT = Duration.ofDays(7);

	/** Bounds the figures' memory to about 40 MB. */
	private static final int KEPT_PREFIXES = 250_000;

	/** A listing that hangs for so long no longer prevents another. */
	private static final Duration LONGEST_LISTING = Duration.ofDays(1);

	private static final int BUCKETS = 1000;

	private static final Logger log = LoggerFactory.getLogger(Reports.class);

	private final ReportRun run;

	private final ReportSettings settings;

	private final Clock clock;

	private final Cache<BucketName, Counting.Counted> ready = Caffeine.newBuilder()
		.expireAfterAccess(KEPT)
		.maximumWeight(KEPT_PREFIXES)
		.weigher((BucketName bucket, Counting.Counted counted) -> counted.tally().weight())
		.build();

	private final Cache<BucketName, Ongoing> running = Caffeine.newBuilder()
		.expireAfterWrite(LONGEST_LISTING)
		.maximumSize(BUCKETS)
		.build();

	Reports(ReportRun run, ReportSettings settings, Clock clock) {
		this.run = run;
		this.settings = settings;
		this.clock = clock;
	}

	StorageReport get(BucketName bucket, boolean refresh, int prefixes) {
		Counting.Counted known = this.ready.getIfPresent(bucket);
		if (!refresh && isFresh(known)) {
			return report(bucket, known, prefixes);
		}
		Ongoing listing = begin(bucket);
		boolean wait = refresh || known == null;
		return report(bucket, wait ? await(listing, known) : known, prefixes);
	}

	private StorageReport report(BucketName bucket, Counting.@Nullable Counted known, int prefixes) {
		Ongoing running = this.running.getIfPresent(bucket);
		StorageReport.Progress progress = (running == null) ? null : running.counting().progress();
		if (known == null) {
			return new StorageReport(bucket.value(), StorageReport.State.COMPUTING, progress, null, null);
		}
		return new StorageReport(bucket.value(),
				(progress == null) ? StorageReport.State.READY : StorageReport.State.REFRESHING, progress, known.at(),
				known.tally().figures(prefixes));
	}

	private boolean isFresh(Counting.@Nullable Counted counted) {
		return counted != null && counted.at().plus(this.settings.fresh()).isAfter(this.clock.instant());
	}

	/** Answers with the listing in progress, or begins one. */
	private Ongoing begin(BucketName bucket) {
		Ongoing begun = new Ongoing(Counting.of(bucket, this.clock.instant()), new CompletableFuture<>());
		Ongoing other = this.running.asMap().putIfAbsent(bucket, begun);
		if (other != null) {
			return other;
		}
		try {
			CompletableFuture<?> _ = this.run.count(begun.counting())
				.whenComplete((counted, failure) -> end(begun, counted, failure));
			return begun;
		}
		catch (TaskRejectedException full) {
			Problem refusal = ReportExecutors.full(full);
			end(begun, null, refusal);
			throw refusal;
		}
	}

	private void end(Ongoing listing, Counting.@Nullable Counted counted, @Nullable Throwable failure) {
		BucketName bucket = listing.counting().bucket();
		if (counted != null) {
			this.ready.put(bucket, counted);
			this.running.invalidate(bucket);
			listing.result().complete(counted);
			return;
		}
		Throwable cause = (failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause()
				: Objects.requireNonNull(failure);
		log.warn("The report of {} failed: {}", bucket, cause.getMessage());
		this.running.invalidate(bucket);
		listing.result().completeExceptionally(cause);
	}

	private static Counting.@Nullable Counted await(Ongoing listing, Counting.@Nullable Counted known) {
		try {
			return listing.result().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (TimeoutException unfinished) {
			log.debug("The report of {} takes longer than its caller waits.", listing.counting().bucket());
		}
		catch (InterruptedException interrupted) {
			Thread.currentThread().interrupt();
		}
		catch (ExecutionException failure) {
			if (failure.getCause() instanceof Problem problem) {
				throw problem;
			}
			throw new IllegalStateException("The report failed", failure.getCause());
		}
		return known;
	}

	/** A listing in progress and its result to come. */
	private record Ongoing(Counting counting, CompletableFuture<Counting.Counted> result) {
	}

}
