package io.clipvault.objects.content;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.io.SequenceInputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import io.clipvault.objects.ObjectsSettings;
import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Bounds the memory of all bodies together. A body takes it as its bytes arrive, so one
 * that stops holds no more than it has sent. The oldest body can always fill its part, so
 * bodies that are partly here never wait for each other without end.
 */
@Component
class BufferBudget {

	static final int CHUNK = 64 << 10;

	/** Longer than a body that has stopped is waited for. */
	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition released = this.lock.newCondition();

	/** Those that hold memory or wait for it, the oldest first. */
	private final Set<Buffer> bodies = new LinkedHashSet<>();

	private final int partSize;

	private final int chunksOfPart;

	private final Duration patience;

	private int free;

	@Autowired
	BufferBudget(ObjectsSettings settings) {
		this(settings, PATIENCE);
	}

	BufferBudget(ObjectsSettings settings, Duration patience) {
		this.partSize = (int) settings.partSize().toBytes();
		this.chunksOfPart = Math.ceilDiv(this.partSize, CHUNK);
		this.free = Math.max(this.chunksOfPart, (int) (settings.bufferMemory().toBytes() / CHUNK));
		this.patience = patience;
	}

	/** A buffer for the parts of one body. */
	Buffer open() {
		return new Buffer();
	}

	private void takeChunk(Buffer body) {
		this.lock.lock();
		try {
			this.bodies.add(body);
			long left = this.patience.toNanos();
			while (!mayGrow(body)) {
				if (left <= 0) {
					throw busy();
				}
				left = this.released.awaitNanos(left);
			}
			this.free--;
		}
		catch (InterruptedException interrupted) {
			Thread.currentThread().interrupt();
			throw busy();
		}
		finally {
			this.lock.unlock();
		}
	}

	private boolean mayGrow(Buffer body) {
		Buffer oldest = this.bodies.iterator().next();
		return this.free > ((body == oldest) ? 0 : this.chunksOfPart - oldest.chunks.size());
	}

	private void release(Buffer body) {
		this.lock.lock();
		try {
			this.bodies.remove(body);
			this.free += body.chunks.size();
			body.chunks.clear();
			this.released.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	private static Problem busy() {
		return new Problem(ProblemType.UPLOADS_BUSY, ProblemType.UPLOADS_BUSY.sample(), PATIENCE, null);
	}

	/** The part of a body that is being received or sent. */
	final class Buffer implements AutoCloseable {

		private final List<byte[]> chunks = new ArrayList<>();

		private int size;

		int size() {
			return this.size;
		}

		/**
		 * Replaces the content by the next part of a body: all that is left of it at
		 * most.
		 */
		void fill(PushbackInputStream body) throws IOException {
			close();
			for (int next = body.read(); next >= 0; next = (this.size < BufferBudget.this.partSize) ? body.read()
					: -1) {
				body.unread(next);
				takeChunk(this);
				byte[] chunk = new byte[CHUNK];
				this.chunks.add(chunk);
				this.size += body.readNBytes(chunk, 0, Math.min(CHUNK, BufferBudget.this.partSize - this.size));
			}
		}

		/** A stream of the content from its start. */
		InputStream bytes() {
			List<InputStream> streams = new ArrayList<>();
			int left = this.size;
			for (byte[] chunk : this.chunks) {
				streams.add(new ByteArrayInputStream(chunk, 0, Math.min(left, CHUNK)));
				left -= CHUNK;
			}
			return new SequenceInputStream(Collections.enumeration(streams));
		}

		/** Returns the memory to the budget. */
		@Override
		public void close() {
			release(this);
			this.size = 0;
		}

	}

}
