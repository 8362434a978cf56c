package io.clipvault.objects.content;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import io.clipvault.objects.ObjectsSettings;
import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** Bounds the memory of the buffers of all bodies together. */
@Component
class BufferBudget {

	private static final int UNIT = 1024;

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final Semaphore units;

	private final Duration patience;

	@Autowired
	BufferBudget(ObjectsSettings settings) {
		this(settings, PATIENCE);
	}

	BufferBudget(ObjectsSettings settings, Duration patience) {
		this.units = new Semaphore((int) settings.bufferMemory().toKilobytes(), true);
		this.patience = patience;
	}

	Buffer take(int bytes) {
		int wanted = Math.ceilDiv(bytes, UNIT);
		try {
			if (this.units.tryAcquire(wanted, this.patience.toMillis(), TimeUnit.MILLISECONDS)) {
				return new Buffer(new byte[bytes], this.units, wanted);
			}
		}
		catch (InterruptedException interrupted) {
			Thread.currentThread().interrupt();
		}
		throw new Problem(ProblemType.UPLOADS_BUSY, ProblemType.UPLOADS_BUSY.sample(), PATIENCE, null);
	}

	/** A buffer that returns its memory to the budget when it is closed. */
	static final class Buffer implements AutoCloseable {

		private final byte[] bytes;

		private final Semaphore units;

		private final int taken;

		private Buffer(byte[] bytes, Semaphore units, int taken) {
			this.bytes = bytes;
			this.units = units;
			this.taken = taken;
		}

		byte[] bytes() {
			return this.bytes;
		}

		@Override
		public void close() {
			this.units.release(this.taken);
		}

	}

}
