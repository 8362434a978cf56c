package io.clipvault.kit;

import java.io.InputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** Callers that are all inside a call until this is closed. */
public final class Crowd implements AutoCloseable {

	private final int size;

	private final CountDownLatch arriving;

	private final CountDownLatch leaving = new CountDownLatch(1);

	private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();

	public Crowd(int size) {
		this.size = size;
		this.arriving = new CountDownLatch(size);
	}

	/** Has every caller make a call, and returns once all of them {@link #pause}. */
	public void enter(Runnable call) throws InterruptedException {
		IntStream.range(0, this.size).forEach((number) -> this.callers.execute(call));
		assertThat(this.arriving.await(20, TimeUnit.SECONDS)).isTrue();
	}

	/** Holds one caller. */
	public void pause() {
		this.arriving.countDown();
		try {
			this.leaving.await();
		}
		catch (InterruptedException interrupted) {
			Thread.currentThread().interrupt();
		}
	}

	/** Some bytes, and then nothing more until this is closed. */
	public InputStream body(int bytes) {
		return new InputStream() {

			private int left = bytes;

			@Override
			public int read() {
				return (read(new byte[1], 0, 1) < 0) ? -1 : 0;
			}

			@Override
			public int read(byte[] target, int offset, int length) {
				if (this.left == 0) {
					pause();
					return -1;
				}
				int count = Math.min(this.left, length);
				this.left -= count;
				return count;
			}

		};
	}

	@Override
	public void close() {
		this.leaving.countDown();
		this.callers.close();
	}

}
