package io.clipvault.jobs.runs;

import java.time.Instant;

import io.clipvault.jobs.JobEnded;
import io.clipvault.jobs.JobPublished;
import io.clipvault.jobs.JobStatus;
import io.clipvault.jobs.ledger.Claim;
import io.clipvault.jobs.ledger.Claims;
import io.clipvault.jobs.ledger.Job;
import io.clipvault.jobs.ledger.Jobs;
import io.clipvault.jobs.ledger.UntidyJobs;
import io.clipvault.jobs.transfer.UnfinishedUploads;
import io.clipvault.layouts.JobId;
import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Ends jobs, and publishes that they have ended. */
@Component
public class JobEnds {

	private static final Logger log = LoggerFactory.getLogger(JobEnds.class);

	private final Jobs jobs;

	private final Claims claims;

	private final UntidyJobs untidy;

	private final UnfinishedUploads uploads;

	private final ApplicationEventPublisher events;

	JobEnds(Jobs jobs, Claims claims, UntidyJobs untidy, UnfinishedUploads uploads, ApplicationEventPublisher events) {
		this.jobs = jobs;
		this.claims = claims;
		this.untidy = untidy;
		this.uploads = uploads;
		this.events = events;
	}

	void complete(Claim claim) {
		this.claims.requireHeld(claim);
		// Published first: whoever sees the job completed finds it in the gallery.
		this.events.publishEvent(new JobPublished(claim.job()));
		this.claims.end(claim, JobStatus.COMPLETED, null, () -> publish(claim.job()));
		log.info("Job {}: completed.", claim.job());
	}

	void fail(Claim claim, String why) {
		this.claims.end(claim, JobStatus.FAILED, why, () -> publish(claim.job()));
		log.warn("Job {}: failed. {}", claim.job(), why);
	}

	/** Fails a job that is tried again by itself at this time. */
	void failUntil(Instant next, Claim claim, String why, Job.Failures failures) {
		this.claims.fail(claim, why, failures, next, () -> publish(claim.job()));
		log.warn("Job {}: failed, and is tried again at {}. {}", claim.job(), next, why);
	}

	/** Fails a job that no run has taken. */
	public void failQueued(JobId job, String why) {
		fail(this.claims.current(job), why);
	}

	/** Cancels a job; what it has begun in the bucket is aborted soon after. */
	void cancel(JobId job) {
		if (!this.claims.cancel(job, () -> publish(job))) {
			throw new Problem(ProblemType.JOB_ENDED,
					"Job '%s' is %s: there is nothing to cancel.".formatted(job, this.jobs.get(job).status().word()));
		}
		log.info("Job {}: cancelled.", job);
	}

	/**
	 * Cleans up after a run that has lost its claim, because its last requests may have
	 * left an unfinished upload.
	 */
	void abandon(JobId job) {
		this.untidy.mark(job);
		this.uploads.abortSoon(job);
	}

	private void publish(JobId id) {
		Job job = this.jobs.get(id);
		this.events.publishEvent(new JobEnded(job.posting(), job.status()));
	}

}
