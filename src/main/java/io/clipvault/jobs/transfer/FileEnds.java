package io.clipvault.jobs.transfer;

import java.time.Clock;
import java.time.Instant;
import java.util.List;

import io.clipvault.jobs.ledger.Claim;
import io.clipvault.jobs.ledger.JobFiles;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

/** Records how the files of runs ended, in rows and as metrics. */
@Component
class FileEnds {

	private final JobFiles files;

	private final MeterRegistry meters;

	private final Clock clock;

	FileEnds(JobFiles files, MeterRegistry meters, Clock clock) {
		this.files = files;
		this.meters = meters;
		this.clock = clock;
	}

	void write(Claim claim, List<JobFiles.End> ends) {
		this.files.end(claim, ends);
	}

	void count(UploadOutcome outcome) {
		this.meters.counter("clipvault.upload.files", "outcome", outcome.word()).increment();
	}

	Instant now() {
		return this.clock.instant();
	}

}
