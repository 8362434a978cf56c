package io.clipvault.jobs.runs;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import io.clipvault.jobs.Posting;
import io.clipvault.jobs.ledger.Claim;
import io.clipvault.jobs.ledger.Claims;
import io.clipvault.jobs.ledger.Job;
import io.clipvault.jobs.ledger.Jobs;
import io.clipvault.jobs.transfer.UploadOutcome;
import io.clipvault.jobs.transfer.UploadRun;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Takes a posting that is due, uploads it, and records the outcome. */
@Component
class JobWorker {

	private static final Logger log = LoggerFactory.getLogger(JobWorker.class);

	static final Duration RETRY_WHILE_HELD = Duration.ofSeconds(1);

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
	 * Works on a posting, unless the job has ended or was posted again.
	 * @return when to work on it again; empty when it has ended
	 */
	Optional<Instant> work(Posting posting) {
		Optional<Claim> taken = this.claims.take(posting);
		if (taken.isPresent()) {
			return work(taken.get());
		}
		if (this.claims.isOpen(posting)) {
			boolean _ = this.claims.clearCancelledRun(posting.job());
			return Optional.of(this.retries.now().plus(RETRY_WHILE_HELD));
		}
		// A killed run may have left an upload after the job was cleaned up.
		this.ends.abandon(posting.job());
		return Optional.empty();
	}

	private Optional<Instant> work(Claim claim) {
		Job job = this.jobs.get(claim.job());
		try {
			return switch (this.run.upload(claim, job)) {
				case UploadOutcome.Done _ -> {
					this.ends.complete(claim);
					yield Optional.empty();
				}
				case UploadOutcome.Failed failed when failed.inFiles() -> {
					this.ends.fail(claim, failed.why());
					yield Optional.empty();
				}
				case UploadOutcome.Failed failed -> fail(claim, failed.why(), this.claims.failures(job.id()));
				case UploadOutcome.Postponed postponed ->
					postpone(claim, postponed.why(), this.claims.failures(job.id()).more());
				case UploadOutcome.Stopping _ -> {
					this.claims.release(claim);
					yield Optional.of(this.retries.now());
				}
				case UploadOutcome.Lost _ -> abandon(claim);
			};
		}
		catch (Claim.Lost lost) {
			return abandon(claim);
		}
	}

	private Optional<Instant> abandon(Claim claim) {
		log.info("Job {}: this run ends, because the job was cancelled or taken over.", claim.job());
		this.ends.abandon(claim.job());
		return Optional.empty();
	}

	private Optional<Instant> postpone(Claim claim, String why, Job.Failures failures) {
		Optional<Instant> next = this.retries.after(failures.count());
		if (next.isEmpty()) {
			return fail(claim, "Given up after %d tries. %s".formatted(failures.count(), why), failures);
		}
		this.claims.postpone(claim, why, failures);
		log.warn("Job {}: is tried again at {}. {}", claim.job(), next.get(), why);
		return next;
	}

	private Optional<Instant> fail(Claim claim, String why, Job.Failures failures) {
		Optional<Instant> next = this.retries.afterFailing(failures);
		next.ifPresentOrElse((at) -> this.ends.failUntil(at, claim, why, failures.retriedAfter(this.retries.now())),
				() -> this.ends.fail(claim, why));
		return next;
	}

}
