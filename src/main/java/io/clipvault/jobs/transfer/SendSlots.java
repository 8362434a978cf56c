package io.clipvault.jobs.transfer;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.clipvault.jobs.ledger.Jobs;
import io.clipvault.layouts.JobId;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Bounds the requests in flight over all jobs. The next free slot goes to the waiting job
 * that has the fewest. Among equals, every second one goes to the job that got the fewest
 * so far, so that a small job does not wait behind many large ones, and the others go
 * round, so that no job waits for ever.
 */
@Component
class SendSlots {

	/** Jobs in the order in which they started to wait; guarded by this. */
	private final Map<JobId, Deque<CompletableFuture<Void>>> waiting = new LinkedHashMap<>();

	private final Map<JobId, Integer> taken = new HashMap<>();

	/** How many slots each job that waits or sends has got so far. */
	private final Map<JobId, Long> served = new HashMap<>();

	private boolean inTurn;

	private int free;

	private boolean closed;

	SendSlots(UploadSettings settings) {
		this.free = settings.parallel();
	}

	/** Waits for a slot; closing it returns it. */
	Slot take(JobId job) {
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
				giveBack(job);
				throw new Stopping();
			}
		}
		return () -> giveBack(job);
	}

	private synchronized void giveBack(JobId job) {
		this.taken.computeIfPresent(job, (id, count) -> (count == 1) ? null : count - 1);
		if (!this.taken.containsKey(job) && !this.waiting.containsKey(job)) {
			this.served.remove(job);
		}
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
				// To the end of the line, so that jobs with equally many slots alternate.
				this.waiting.put(job, line);
			}
			this.taken.merge(job, 1, Integer::sum);
			this.served.merge(job, 1L, Long::sum);
			this.inTurn = !this.inTurn;
			this.free--;
			first.complete(null);
		}
	}

	private Map.@Nullable Entry<JobId, Deque<CompletableFuture<Void>>> next() {
		Comparator<Map.Entry<JobId, ?>> order = Comparator
			.comparingInt((waits) -> this.taken.getOrDefault(waits.getKey(), 0));
		if (!this.inTurn) {
			order = order.thenComparingLong((waits) -> this.served.getOrDefault(waits.getKey(), 0L));
		}
		return this.waiting.entrySet().stream().min(order).orElse(null);
	}

	/** How many requests wait for a slot. */
	synchronized int waiting() {
		return this.waiting.values().stream().mapToInt(Deque::size).sum();
	}

	/** Gives out no more slots: requests in flight end, and no other begins. */
	@EventListener(ContextClosedEvent.class)
	synchronized void close() {
		this.closed = true;
		this.waiting.values().forEach((line) -> line.forEach((one) -> {
			this.free--;
			one.complete(null);
		}));
		this.waiting.clear();
	}

	/** The right to send one request. */
	interface Slot extends AutoCloseable {

		@Override
		void close();

	}

	/** The service stops; the job continues after the next start. */
	static final class Stopping extends RuntimeException {

		Stopping() {
			super("The service is stopping");
		}

	}

}
