package io.clipvault.requests;

import java.util.concurrent.atomic.AtomicLong;

/** How many bytes of bodies all requests together may have read into memory. */
class BodyBudget {

	/** Two of the largest bodies, or 512 of the usual size. */
	static final long MOST = 32 << 20;

	private final AtomicLong taken = new AtomicLong();

	boolean take(int bytes) {
		if (this.taken.addAndGet(bytes) <= MOST) {
			return true;
		}
		this.taken.addAndGet(-bytes);
		return false;
	}

	void giveBack(long bytes) {
		this.taken.addAndGet(-bytes);
	}

}
