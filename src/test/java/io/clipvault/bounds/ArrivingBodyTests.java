package io.clipvault.bounds;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ArrivingBodyTests {

	private static final int LEAST = ArrivingBody.LEAST_RATE * (int) ArrivingBody.WINDOW.toSeconds();

	private final AtomicLong nanos = new AtomicLong();

	@Test
	void readWhenBytesTrickleIsRefusedAfterTheWindow() throws IOException {
		ArrivingBody body = body(1, Duration.ofSeconds(1));
		body.readNBytes(19);
		assertThatExceptionOfType(Problem.class).isThrownBy(body::read)
			.withMessageStartingWith("Only 20 bytes of the body arrived in 20 seconds")
			.extracting(Problem::type)
			.isEqualTo(ProblemType.BODY_TOO_SLOW);
	}

	@Test
	void readWhenABodyBeginsFastAndThenTricklesIsRefusedToo() throws IOException {
		ArrivingBody body = body(LEAST, ArrivingBody.WINDOW);
		assertThat(body.read(new byte[LEAST], 0, LEAST)).isEqualTo(LEAST);
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> body.read(new byte[LEAST - 1], 0, LEAST - 1));
	}

	@Test
	void readWhenTheServiceItselfTakesLongGoesOn() throws IOException {
		ArrivingBody body = body(1, Duration.ofMillis(1));
		for (int bytes = 0; bytes < 100; bytes++) {
			this.nanos.addAndGet(Duration.ofHours(1).toNanos());
			assertThat(body.read()).isZero();
		}
	}

	/** Gives at most so many zeros at a time, and takes so long for it. */
	private ArrivingBody body(int most, Duration pause) {
		return new ArrivingBody(new InputStream() {

			@Override
			public int read() {
				throw new UnsupportedOperationException();
			}

			@Override
			public int read(byte[] bytes, int offset, int length) {
				ArrivingBodyTests.this.nanos.addAndGet((length == 0) ? 0 : pause.toNanos());
				return Math.min(most, length);
			}

		}, this.nanos::get);
	}

}
