package io.clipvault.jobs;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import io.clipvault.layouts.JobId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Takes a job that is due, has it uploaded, and writes down how that went. */
@Component
class JobWorker {

	private static final Logger log = LoggerFactory.getLogger(JobWorker.class);

	private static final Duration UNTIL_IT_IS_FREE = Duration.ofSeconds(1);

	private final Jobs jobs;

	private final Claims claims;

	private final UploadRun run;

	private final JobEnds ends;

	private final RetryPlan retries;

	JobWorker(Jobs jobs, Claims claims, UploadRun run, JobEnds ends, RetryPlan retries) {
		this.jobs = jobs;
		this.claims = claims;
		this.run = run;
		this.ends = ends;
		this.retries = retries;
	}

	/**
	 * Works on a job, unless it has ended or was posted anew.
	 * @return when to work on it again; empty when it has ended
	 */
	Optional<Instant> work(JobId id, long revision) {
		Optional<Claim> taken = this.claims.take(id, revision);
		if (taken.isPresent()) {
			return work(taken.get());
		}
		if (this.claims.waits(id, revision)) {
			boolean _ = this.claims.freed(id);
			return Optional.of(this.retries.now().plus(UNTIL_IT_IS_FREE));
		}
		// A run of it that was killed may have left something after the job was tidied.
		this.claims.untidy(id);
		return Optional.empty();
	}

	private Optional<Instant> work(Claim claim) {
		try {
			return switch (this.run.upload(claim, this.jobs.get(claim.job()))) {
				case UploadOutcome.Done _ -> {
					this.ends.completed(claim);
					yield Optional.empty();
				}
				case UploadOutcome.Failed failed -> {
					this.ends.failed(claim, failed.why());
					yield Optional.empty();
				}
				case UploadOutcome.Postponed postponed -> postponed(claim, postponed.why());
				case UploadOutcome.Stopping _ -> {
					this.claims.released(claim);
					yield Optional.of(this.retries.now());
				}
				case UploadOutcome.Lost _ -> {
					this.ends.lost(claim);
					yield Optional.empty();
				}
			};
		}
		catch (Claim.Lost lost) {
			this.ends.lost(claim);
			return Optional.empty();
		}
	}

	private Optional<Instant> postponed(Claim claim, String why) {
		int failures = this.claims.failures(claim.job()) + 1;
		Optional<Instant> next = this.retries.after(failures);
		if (next.isPresent()) {
			this.claims.postponed(claim, why);
			log.warn("Job {}: is tried again at {}. {}", claim.job(), next.get(), why);
		}
		else {
			this.ends.failed(claim, "Given up after %d tries. %s".formatted(failures, why));
		}
		return next;
	}

}
