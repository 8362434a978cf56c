package io.clipvault.jobs.folders;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Hashes files on one platform thread per core. Hashing does not let go of the carrier of
 * a virtual thread, so on virtual threads a few large files would stop every other call.
 * Files are hashed in slices that take turns, so that a small file does not wait for a
 * large one. A thread whose file system hangs is replaced by another until it returns.
 */
@Component
public class Hashing implements DisposableBean {

	/** A few milliseconds of work. */
	static final int SLICE = 4 << 20;

	private static final int CORES = Runtime.getRuntime().availableProcessors();

	/** How long a slice may take; a disk that takes longer is taken to hang. */
	private static final Duration PATIENCE = Duration.ofMinutes(1);

	/** How many threads may hang before nobody is hashed any more. */
	private static final int MOST_HANGING = 32;

	private static final int BUFFER = 128 << 10;

	private final ThreadPoolExecutor cores = (ThreadPoolExecutor) Executors.newFixedThreadPool(CORES,
			Thread.ofPlatform().daemon().name("hash-", 0).factory());

	private final Duration patience;

	private final AtomicInteger hanging = new AtomicInteger();

	@Autowired
	public Hashing() {
		this(PATIENCE);
	}

	Hashing(Duration patience) {
		this.patience = patience;
	}

	/** The SHA-256 digest of a file; fails if the file changes meanwhile. */
	public ContentDigest digest(RootedFile file, long partSize) throws IOException {
		FileState before = file.state();
		List<String> parts = new ArrayList<>();
		long offset = 0;
		do {
			long length = Math.min(partSize, before.size() - offset);
			parts.add(HexFormat.of().formatHex(hash("SHA-256", file, offset, length)));
			offset += length;
		}
		while (offset < before.size());
		before.requireUnchanged(file);
		return new ContentDigest(before.size(), partSize, List.copyOf(parts));
	}

	/** The MD5 digest of a file. */
	public byte[] md5(RootedFile file) throws IOException {
		return hash("MD5", file, 0, file.state().size());
	}

	private byte[] hash(String algorithm, RootedFile file, long offset, long length) throws IOException {
		MessageDigest digest = digest(algorithm);
		for (long done = 0; done < length; done += SLICE) {
			long from = offset + done;
			long count = Math.min(SLICE, length - done);
			await(() -> add(digest, file, from, count));
		}
		return digest.digest();
	}

	private static void add(MessageDigest digest, RootedFile file, long offset, long length) throws IOException {
		byte[] buffer = new byte[(int) Math.min(BUFFER, length)];
		try (InputStream bytes = new FileRange(file, offset, length, new AtomicLong())) {
			for (int read = bytes.read(buffer); read >= 0; read = bytes.read(buffer)) {
				digest.update(buffer, 0, read);
			}
		}
	}

	/** Waits for a slice's turn as long as it takes, and for its end a bounded time. */
	void await(Slice slice) throws IOException {
		CountDownLatch begun = new CountDownLatch(1);
		CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
		try {
			this.cores.execute(() -> {
				begun.countDown();
				try {
					slice.hash();
					done.complete(null);
				}
				catch (IOException | RuntimeException | Error failure) {
					done.completeExceptionally(failure);
				}
			});
			begun.await();
			done.get(this.patience.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (ExecutionException failure) {
			if (failure.getCause() instanceof IOException unreadable) {
				throw unreadable;
			}
			throw new IllegalStateException("A file could not be hashed", failure.getCause());
		}
		catch (TimeoutException hanging) {
			replaceThread(done);
			throw new IOException("the disk gave no bytes for %d seconds".formatted(this.patience.toSeconds()),
					hanging);
		}
		catch (InterruptedException interrupted) {
			Thread.currentThread().interrupt();
			throw stopping();
		}
		catch (RejectedExecutionException closed) {
			throw stopping();
		}
	}

	private void replaceThread(CompletableFuture<@Nullable Void> hanging) {
		if (this.hanging.incrementAndGet() > MOST_HANGING) {
			this.hanging.decrementAndGet();
			return;
		}
		resize();
		CompletableFuture<@Nullable Void> _ = hanging.whenComplete((nothing, failure) -> {
			this.hanging.decrementAndGet();
			resize();
		});
	}

	private synchronized void resize() {
		int threads = CORES + this.hanging.get();
		this.cores.setCorePoolSize(Math.min(threads, this.cores.getMaximumPoolSize()));
		this.cores.setMaximumPoolSize(threads);
		this.cores.setCorePoolSize(threads);
	}

	private static CancellationException stopping() {
		return new CancellationException("The service is stopping");
	}

	@Override
	public void destroy() {
		this.cores.shutdownNow();
	}

	static MessageDigest digest(String algorithm) {
		try {
			return MessageDigest.getInstance(algorithm);
		}
		catch (NoSuchAlgorithmException impossible) {
			throw new IllegalStateException("Every Java has " + algorithm, impossible);
		}
	}

	/** A part of the work on a file. */
	interface Slice {

		void hash() throws IOException;

	}

}
