package io.clipvault.objects.buckets;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;

import io.clipvault.objects.BucketName;
import io.clipvault.objects.BucketScope;
import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Deletes a bucket and everything in it, a few seconds at a time, so that uploads get the
 * scheduler's threads in between.
 */
@Component
class PurgeRun {

	/** Objects that are written during a purge are deleted too, but not endlessly. */
	static final int PASSES = 3;

	static final int PARALLEL_PURGES = 2;

	private static final Duration SLICE = Duration.ofSeconds(10);

	private static final Duration WAIT = Duration.ofSeconds(5);

	private static final Logger log = LoggerFactory.getLogger(PurgeRun.class);

	private final PurgeRows rows;

	private final BucketContents contents;

	private final BucketDeletion deletion;

	private final BucketScope scope;

	private final Clock clock;

	private final Semaphore slots = new Semaphore(PARALLEL_PURGES);

	PurgeRun(PurgeRows rows, BucketContents contents, BucketDeletion deletion, BucketScope scope, Clock clock) {
		this.rows = rows;
		this.contents = contents;
		this.deletion = deletion;
		this.scope = scope;
		this.clock = clock;
	}

	/**
	 * Works on a purge for a limited time.
	 * @param passes how often the bucket may still turn out not to be empty
	 * @param stopping whether the process is shutting down
	 * @return when to go on; empty once the purge has ended
	 */
	Optional<Next> work(PurgeId purge, int passes, BooleanSupplier stopping) {
		if (!this.rows.isRunning(purge)) {
			return Optional.empty();
		}
		if (!this.slots.tryAcquire()) {
			return Optional.of(new Next(WAIT, passes));
		}
		try {
			Optional<Next> next = remove(purge, passes, stopping);
			if (next.isEmpty()) {
				this.rows.end(purge, Purge.State.COMPLETED, null);
				log.info("The bucket {} is purged.", purge.bucket());
			}
			return next;
		}
		catch (DataAccessException failure) {
			throw failure;
		}
		catch (Problem problem) {
			if (stopping.getAsBoolean()) {
				// The shutdown interrupted the call, so the store has not refused
				// anything.
				throw problem;
			}
			log.warn("The purge of the bucket {} failed: {}", purge.bucket(), problem.detail());
			this.rows.end(purge, Purge.State.FAILED, problem.detail());
		}
		catch (RuntimeException failure) {
			log.error("The purge of the bucket {} failed", purge.bucket(), failure);
			this.rows.end(purge, Purge.State.FAILED, "The service failed: see its log.");
		}
		finally {
			this.slots.release();
		}
		return Optional.empty();
	}

	private Optional<Next> remove(PurgeId purge, int passes, BooleanSupplier stopping) {
		BucketName bucket = this.scope.resolve(purge.bucket());
		Instant end = this.clock.instant().plus(SLICE);
		try {
			boolean empty = this.contents.remove(bucket, (count) -> this.rows.addRemoved(purge, count),
					() -> stopping.getAsBoolean() || !this.clock.instant().isBefore(end));
			if (!empty) {
				return Optional.of(new Next(Duration.ZERO, passes));
			}
			this.deletion.delete(bucket);
			return Optional.empty();
		}
		catch (Problem problem) {
			if (problem.type() == ProblemType.BUCKET_NOT_FOUND) {
				// The process was killed between deleting the bucket and recording it.
				return Optional.empty();
			}
			if (problem.type() != ProblemType.BUCKET_NOT_EMPTY || passes == 1) {
				throw problem;
			}
			return Optional.of(new Next(Duration.ZERO, passes - 1));
		}
	}

	/** How long to wait before the purge goes on, and with how many passes. */
	record Next(Duration delay, int passes) {
	}

}
