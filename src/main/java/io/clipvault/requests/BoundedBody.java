package io.clipvault.requests;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;

import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;

/**
 * A body that is counted while it is read, because one of unknown length announces none.
 */
class BoundedBody extends FilterInputStream {

	private static final Duration PAUSE = Duration.ofSeconds(1);

	/** The time that any body may take. */
	private static final long PATIENCE = Duration.ofSeconds(30).toMillis();

	/** Afterwards a body has to arrive at 64 KB a second. */
	private static final long BYTES_PER_MILLISECOND = 64;

	private final int most;

	private final BodyBudget budget;

	private final Clock clock;

	private final long begun;

	private int arrived;

	private int taken;

	BoundedBody(InputStream body, int most, BodyBudget budget, Clock clock) {
		super(body);
		this.most = most;
		this.budget = budget;
		this.clock = clock;
		this.begun = clock.millis();
	}

	@Override
	public int read() throws IOException {
		byte[] one = new byte[1];
		return (read(one, 0, 1) < 0) ? -1 : one[0] & 0xff;
	}

	@Override
	public int read(byte[] bytes, int offset, int length) throws IOException {
		int count = super.read(bytes, offset, length);
		count(Math.max(count, 0));
		return count;
	}

	@Override
	public long skip(long wanted) throws IOException {
		int count = (int) super.skip(Math.min(wanted, this.most));
		count(count);
		return count;
	}

	private void count(int bytes) {
		this.arrived += bytes;
		if (this.arrived > this.most) {
			throw tooLarge(this.most);
		}
		if (this.clock.millis() - this.begun > PATIENCE + this.arrived / BYTES_PER_MILLISECOND) {
			throw new Problem(ProblemType.BODY_TOO_SLOW,
					"Only %,d bytes of the body arrived in its time: send it at 64 KB a second or faster."
						.formatted(this.arrived));
		}
		if (!this.budget.take(bytes)) {
			throw new Problem(ProblemType.TOO_MANY_BODIES,
					"The bodies that are being read take %,d bytes already: send this one again after the time in Retry-After."
						.formatted(BodyBudget.MOST),
					PAUSE, null);
		}
		this.taken += bytes;
	}

	/** Gives the budget back; the object that was read from the body is gone. */
	void release() {
		this.budget.giveBack(this.taken);
		this.taken = 0;
	}

	static Problem tooLarge(int most) {
		return new Problem(ProblemType.BODY_TOO_LARGE,
				"The body of this call may have %,d bytes: send less, or split it over more calls.".formatted(most));
	}

}
