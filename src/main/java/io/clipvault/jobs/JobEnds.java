package io.clipvault.jobs;

import java.util.Optional;

import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import io.clipvault.storage.JobId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Ends jobs, one way or another, and tells whoever has to know. */
@Component
class JobEnds {

	private static final Logger log = LoggerFactory.getLogger(JobEnds.class);

	private final Jobs jobs;

	private final Claims claims;

	private final Tidying tidying;

	private final ApplicationEventPublisher events;

	JobEnds(Jobs jobs, Claims claims, Tidying tidying, ApplicationEventPublisher events) {
		this.jobs = jobs;
		this.claims = claims;
		this.tidying = tidying;
		this.events = events;
	}

	void completed(Claim claim) {
		this.claims.requireHeld(claim);
		// Before the job says so: who sees it completed finds it in the gallery.
		this.events.publishEvent(new JobPublished(claim.job()));
		this.claims.ended(claim, JobStatus.COMPLETED, null);
		log.info("Job {}: completed.", claim.job());
	}

	void failed(Claim claim, String why) {
		this.claims.ended(claim, JobStatus.FAILED, why);
		log.warn("Job {}: failed. {}", claim.job(), why);
		this.tidying.soon(claim.job());
	}

	/**
	 * Ends a job that somebody no longer wants; what it began in the bucket is aborted.
	 */
	Job cancel(JobId id) {
		Optional<Claim> cancelled = this.claims.cancel(id);
		Job job = this.jobs.get(id);
		if (cancelled.isEmpty()) {
			throw new Problem(ProblemType.JOB_ENDED,
					"Job '%s' is %s: there is nothing to cancel.".formatted(id, job.status().word()));
		}
		log.info("Job {}: cancelled.", id);
		this.tidying.soon(id);
		return job;
	}

	/**
	 * A run found that its claim is gone: what it still had in the air may be left over.
	 */
	void lost(Claim claim) {
		log.info("Job {}: this run ends, because the job was cancelled or taken over.", claim.job());
		this.claims.untidy(claim.job());
		this.tidying.soon(claim.job());
	}

}
