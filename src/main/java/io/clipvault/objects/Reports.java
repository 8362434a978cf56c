package io.clipvault.objects;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.clipvault.problems.Problem;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.core.task.TaskRejectedException;
import org.springframework.stereotype.Component;

/** The latest report of each bucket; one listing at a time makes a new one. */
@Component
class Reports {

	/** A small bucket is listed in it, so that its first caller need not come again. */
	private static final Duration PATIENCE = Duration.ofSeconds(2);

	private static final Logger log = LoggerFactory.getLogger(Reports.class);

	private final ReportRun run;

	private final ReportSettings settings;

	private final Clock clock;

	private final Map<BucketName, Counting.Counted> ready = new HashMap<>();

	private final Map<BucketName, Counting> running = new HashMap<>();

	Reports(ReportRun run, ReportSettings settings, Clock clock) {
		this.run = run;
		this.settings = settings;
		this.clock = clock;
	}

	StorageReport get(BucketName bucket, boolean refresh, int prefixes) {
		Counting counting = counting(bucket, refresh);
		if (counting != null && (refresh || ready(bucket) == null)) {
			await(counting);
		}
		return report(bucket, prefixes);
	}

	private synchronized StorageReport report(BucketName bucket, int prefixes) {
		settle(bucket);
		Counting.Counted counted = this.ready.get(bucket);
		Counting counting = this.running.get(bucket);
		StorageReport.Progress progress = (counting == null) ? null : counting.progress();
		if (counted == null) {
			return new StorageReport(bucket.value(), StorageReport.State.COMPUTING, progress, null, null);
		}
		return new StorageReport(bucket.value(),
				(progress == null) ? StorageReport.State.READY : StorageReport.State.REFRESHING, progress, counted.at(),
				counted.tally().figures(prefixes));
	}

	private synchronized Counting.@Nullable Counted ready(BucketName bucket) {
		return this.ready.get(bucket);
	}

	/** The listing that goes on, begun now if there are no fresh figures. */
	private synchronized @Nullable Counting counting(BucketName bucket, boolean refresh) {
		settle(bucket);
		Counting goingOn = this.running.get(bucket);
		Counting.Counted counted = this.ready.get(bucket);
		boolean fresh = counted != null && counted.at().plus(this.settings.fresh()).isAfter(this.clock.instant());
		if (goingOn != null || (fresh && !refresh)) {
			return goingOn;
		}
		Counting counting = Counting.of(bucket, this.clock.instant());
		this.running.put(bucket, counting);
		try {
			this.run.count(counting);
			return counting;
		}
		catch (TaskRejectedException full) {
			this.running.remove(bucket);
			throw BackgroundWork.full(full);
		}
	}

	/** Takes over what a listing came to, once it has ended. */
	private void settle(BucketName bucket) {
		Counting counting = this.running.get(bucket);
		if (counting == null || !counting.result().isDone()) {
			return;
		}
		this.running.remove(bucket);
		if (counting.result().isCompletedExceptionally()) {
			log.warn("The report of {} failed: {}", bucket, counting.result().exceptionNow().getMessage());
		}
		else {
			this.ready.put(bucket, counting.result().resultNow());
		}
	}

	private static void await(Counting counting) {
		try {
			counting.result().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (TimeoutException goesOn) {
			log.debug("The report of {} takes longer than its caller waits.", counting.bucket());
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
	}

}
