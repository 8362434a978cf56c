package io.clipvault.jobs;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.clipvault.layouts.JobId;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Bounds what is sent at once over all jobs. The next turn goes to the job that has the
 * fewest, so that a small job does not wait behind a large one.
 */
@Component
class Turns {

	/** Jobs in the order in which they began to wait; guarded by this. */
	private final Map<JobId, Deque<CompletableFuture<Void>>> waiting = new LinkedHashMap<>();

	private final Map<JobId, Integer> taken = new HashMap<>();

	private int free;

	private boolean closed;

	Turns(UploadSettings settings) {
		this.free = settings.parallel();
	}

	/** Waits for a turn; whoever closes it gives it back. */
	Turn take(JobId job) {
		CompletableFuture<Void> mine = new CompletableFuture<>();
		synchronized (this) {
			if (this.closed) {
				throw new Stopping();
			}
			this.waiting.computeIfAbsent(job, (id) -> new ArrayDeque<>()).add(mine);
			serve();
		}
		mine.join();
		synchronized (this) {
			if (this.closed) {
				back(job);
				throw new Stopping();
			}
		}
		return () -> back(job);
	}

	private synchronized void back(JobId job) {
		this.taken.computeIfPresent(job, (id, count) -> (count == 1) ? null : count - 1);
		this.free++;
		serve();
	}

	private void serve() {
		while (this.free > 0) {
			Map.Entry<JobId, Deque<CompletableFuture<Void>>> next = next();
			if (next == null) {
				return;
			}
			JobId job = next.getKey();
			Deque<CompletableFuture<Void>> line = next.getValue();
			CompletableFuture<Void> first = line.remove();
			this.waiting.remove(job);
			if (!line.isEmpty()) {
				// Back to the end: jobs with as many turns as each other alternate.
				this.waiting.put(job, line);
			}
			this.taken.merge(job, 1, Integer::sum);
			this.free--;
			first.complete(null);
		}
	}

	private Map.@Nullable Entry<JobId, Deque<CompletableFuture<Void>>> next() {
		return this.waiting.entrySet()
			.stream()
			.min(Comparator.comparingInt((waits) -> this.taken.getOrDefault(waits.getKey(), 0)))
			.orElse(null);
	}

	/** How many wait for their turn. */
	synchronized int waiting() {
		return this.waiting.values().stream().mapToInt(Deque::size).sum();
	}

	/** Gives no more turns, so that what is under way ends and nothing else begins. */
	@EventListener(ContextClosedEvent.class)
	synchronized void close() {
		this.closed = true;
		this.waiting.values().forEach((line) -> line.forEach((one) -> {
			this.free--;
			one.complete(null);
		}));
		this.waiting.clear();
	}

	/** The right to send one thing. */
	interface Turn extends AutoCloseable {

		@Override
		void close();

	}

	/** The service stops; the job goes on after the next start. */
	static final class Stopping extends RuntimeException {

		Stopping() {
			super("The service is stopping");
		}

	}

}
