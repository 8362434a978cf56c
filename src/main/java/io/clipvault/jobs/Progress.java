package io.clipvault.jobs;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

import io.clipvault.layouts.JobId;
import org.springframework.stereotype.Component;

/** The bytes that this process has on the way: sent, but not yet confirmed. */
@Component
class Progress {

	private final ConcurrentMap<Sending, Set<AtomicLong>> moving = new ConcurrentHashMap<>();

	/** Starts counting one request; whoever sends it adds to the count. */
	AtomicLong begin(JobId job, String file) {
		AtomicLong sent = new AtomicLong();
		this.moving.compute(new Sending(job, file), (sending, counts) -> {
			Set<AtomicLong> all = (counts != null) ? counts : ConcurrentHashMap.newKeySet();
			all.add(sent);
			return all;
		});
		return sent;
	}

	void end(JobId job, String file, AtomicLong sent) {
		this.moving.computeIfPresent(new Sending(job, file), (sending, counts) -> {
			counts.remove(sent);
			return counts.isEmpty() ? null : counts;
		});
	}

	long moving(JobId job, String file) {
		return this.moving.getOrDefault(new Sending(job, file), Set.of()).stream().mapToLong(AtomicLong::get).sum();
	}

	private record Sending(JobId job, String file) {
	}

}
