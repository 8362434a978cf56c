package io.clipvault.jobs;

import io.clipvault.layouts.JobId;
import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
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

	private final JobNotices notices;

	private final ApplicationEventPublisher events;

	JobEnds(Jobs jobs, Claims claims, Tidying tidying, JobNotices notices, ApplicationEventPublisher events) {
		this.jobs = jobs;
		this.claims = claims;
		this.tidying = tidying;
		this.notices = notices;
		this.events = events;
	}

	void completed(Claim claim) {
		this.claims.requireHeld(claim);
		// Before the job says so: who sees it completed finds it in the gallery.
		this.events.publishEvent(new JobPublished(claim.job()));
		this.claims.ended(claim, JobStatus.COMPLETED, null, () -> told(claim.job()));
		log.info("Job {}: completed.", claim.job());
	}

	void failed(Claim claim, String why) {
		this.claims.ended(claim, JobStatus.FAILED, why, () -> told(claim.job()));
		log.warn("Job {}: failed. {}", claim.job(), why);
		this.tidying.soon(claim.job());
	}

	/**
	 * Ends a job that somebody no longer wants; what it began in the bucket is aborted.
	 */
	Job cancel(JobId id) {
		boolean cancelled = this.claims.cancel(id, () -> told(id));
		Job job = this.jobs.get(id);
		if (!cancelled) {
			throw new Problem(ProblemType.JOB_ENDED,
					"Job '%s' is %s: there is nothing to cancel.".formatted(id, job.status().word()));
		}
		log.info("Job {}: cancelled.", id);
		this.tidying.soon(id);
		return job;
	}

	private void told(JobId id) {
		this.notices.ended(this.jobs.get(id).summary());
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
