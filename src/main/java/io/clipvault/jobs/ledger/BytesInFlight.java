package io.clipvault.jobs.ledger;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

import io.clipvault.layouts.JobId;
import org.springframework.stereotype.Component;

/** Counts the bytes that this process has sent and the store has not yet confirmed. */
@Component
public class BytesInFlight {

	private final ConcurrentMap<File, Set<AtomicLong>> requests = new ConcurrentHashMap<>();

	/** Starts the count of one request; the sender adds to it. */
	public AtomicLong begin(JobId job, String file) {
		AtomicLong sent = new AtomicLong();
		this.requests.compute(new File(job, file), (key, counts) -> {
			Set<AtomicLong> all = (counts != null) ? counts : ConcurrentHashMap.newKeySet();
			all.add(sent);
			return all;
		});
		return sent;
	}

	public void end(JobId job, String file, AtomicLong sent) {
		this.requests.computeIfPresent(new File(job, file), (key, counts) -> {
			counts.remove(sent);
			return counts.isEmpty() ? null : counts;
		});
	}

	long of(JobId job, String file) {
		return this.requests.getOrDefault(new File(job, file), Set.of()).stream().mapToLong(AtomicLong::get).sum();
	}

	private record File(JobId job, String name) {
	}

}
