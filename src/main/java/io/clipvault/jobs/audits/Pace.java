package io.clipvault.jobs.audits;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.springframework.stereotype.Component;

/**
 * Bounds the requests that an audit makes in each second, so that uploads and readers
 * have the store to themselves.
 */
@Component
class Pace {

	static final int REQUESTS_PER_SECOND = 50;

	private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

	private long begun = System.nanoTime() - SECOND;

	private int made;

	/** Waits until another request may be made. */
	synchronized void await() {
		// Real time even if the service's clock is set: the store serves in real time.
		long passed = System.nanoTime() - this.begun;
		while (this.made >= REQUESTS_PER_SECOND && passed < SECOND && !Thread.currentThread().isInterrupted()) {
			LockSupport.parkNanos(this, SECOND - passed);
			passed = System.nanoTime() - this.begun;
		}
		if (passed >= SECOND) {
			this.begun = System.nanoTime();
			this.made = 0;
		}
		this.made++;
	}

}
