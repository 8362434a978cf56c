package io.clipvault.jobs.transfer;

import java.util.concurrent.atomic.AtomicLong;

import io.clipvault.jobs.ledger.BytesInFlight;
import io.clipvault.layouts.JobId;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

/** Counts the bytes that requests carry, and those that have arrived. */
@Component
class SentBytes {

	private final BytesInFlight inFlight;

	private final MeterRegistry meters;

	SentBytes(BytesInFlight inFlight, MeterRegistry meters) {
		this.inFlight = inFlight;
		this.meters = meters;
	}

	AtomicLong begin(JobId job, String fileName) {
		return this.inFlight.begin(job, fileName);
	}

	void arrived(long bytes) {
		this.meters.counter("clipvault.upload.bytes").increment((double) bytes);
	}

	void end(JobId job, AtomicLong sent) {
		this.inFlight.end(job, sent);
	}

}
