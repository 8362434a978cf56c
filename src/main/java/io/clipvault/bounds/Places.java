package io.clipvault.bounds;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;

/**
 * Bounds how many callers do something at once. One more is refused, and told when to try
 * again.
 */
public final class Places {

	private static final Duration RETRY_AFTER = Duration.ofSeconds(15);

	private final Semaphore free;

	private final ProblemType type;

	private final String refusal;

	/**
	 * Makes places that are all free.
	 * @param refusal what the caller is told for whom there is none
	 */
	public Places(int most, ProblemType type, String refusal) {
		this.free = new Semaphore(most);
		this.type = type;
		this.refusal = refusal;
	}

	/** Takes a place; closing it gives it back. */
	public Place take() {
		if (!this.free.tryAcquire()) {
			throw new Problem(this.type, this.refusal, RETRY_AFTER, null);
		}
		return new Place();
	}

	/** The place of one caller. */
	public final class Place implements AutoCloseable {

		private final AtomicBoolean taken = new AtomicBoolean(true);

		@Override
		public void close() {
			if (this.taken.getAndSet(false)) {
				Places.this.free.release();
			}
		}

	}

}
