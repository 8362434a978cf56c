package io.clipvault.jobs.ledger;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

import io.clipvault.layouts.JobId;
import org.springframework.stereotype.Component;

/** Counts the bytes that this process has sent and the store has not yet confirmed. */
@Component
public class BytesInFlight {

	private final ConcurrentMap<JobId, Map<AtomicLong, String>> requests = new ConcurrentHashMap<>();

	/** Starts the count of one request; the sender adds to it. */
	public AtomicLong begin(JobId job, String file) {
		AtomicLong sent = new AtomicLong();
		this.requests.compute(job, (id, counts) -> {
			Map<AtomicLong, String> all = (counts != null) ? counts : new ConcurrentHashMap<>();
			all.put(sent, file);
			return all;
		});
		return sent;
	}

	public void end(JobId job, AtomicLong sent) {
		this.requests.computeIfPresent(job, (id, counts) -> {
			counts.remove(sent);
			return counts.isEmpty() ? null : counts;
		});
	}

	/** The jobs that have bytes in flight. */
	Set<JobId> jobs() {
		return Set.copyOf(this.requests.keySet());
	}

	/** The bytes in flight of a job's files, by name. */
	Map<String, Long> of(JobId job) {
		Map<String, Long> bytes = new HashMap<>();
		this.requests.getOrDefault(job, Map.of()).forEach((sent, file) -> bytes.merge(file, sent.get(), Long::sum));
		return bytes;
	}

}
