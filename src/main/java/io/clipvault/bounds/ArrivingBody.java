package io.clipvault.bounds;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.LongSupplier;

import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;

/**
 * The body of a request, which has to arrive at a least rate, because it holds a place,
 * memory or disk meanwhile. The time that the service takes for itself does not count.
 */
public final class ArrivingBody extends InputStream {

	/** Bytes a second: a quarter of a megabit, so slow links are fast enough. */
	static final int LEAST_RATE = 32 << 10;

	/** Over which the rate is measured, so that a link may falter. */
	public static final Duration WINDOW = Duration.ofSeconds(20);

	private final InputStream body;

	private final LongSupplier nanos;

	private long waited;

	private long arrived;

	/** Measures with the monotonic clock, because the other may be set meanwhile. */
	public ArrivingBody(InputStream body) {
		this(body, System::nanoTime);
	}

	ArrivingBody(InputStream body, LongSupplier nanos) {
		this.body = body;
		this.nanos = nanos;
	}

	@Override
	public int read() throws IOException {
		byte[] one = new byte[1];
		return (read(one, 0, 1) < 0) ? -1 : one[0] & 0xff;
	}

	@Override
	public int read(byte[] bytes, int offset, int length) throws IOException {
		long begun = this.nanos.getAsLong();
		int count = this.body.read(bytes, offset, length);
		this.waited += this.nanos.getAsLong() - begun;
		this.arrived += Math.max(count, 0);
		if (count >= 0 && this.waited >= WINDOW.toNanos()) {
			requireRate();
		}
		return count;
	}

	private void requireRate() {
		if (this.arrived < LEAST_RATE * WINDOW.toSeconds()) {
			throw new Problem(ProblemType.BODY_TOO_SLOW,
					"Only %,d bytes of the body arrived in %d seconds, and nothing was kept: send it again over a faster link, at 32 KiB a second at least."
						.formatted(this.arrived, Duration.ofNanos(this.waited).toSeconds()));
		}
		this.waited = 0;
		this.arrived = 0;
	}

}
