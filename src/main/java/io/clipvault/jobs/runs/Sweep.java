package io.clipvault.jobs.runs;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.clipvault.jobs.ledger.History;
import io.clipvault.jobs.ledger.Jobs;
import io.clipvault.jobs.transfer.UnfinishedUploads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Repairs and removes what ended jobs leave behind. Every replica does it on threads of
 * its own, because the threads of uploads may be taken for hours.
 */
@Component
class Sweep {

	private static final Logger log = LoggerFactory.getLogger(Sweep.class);

	/** How late a retry is before its entry in the schedule counts as lost. */
	static final Duration OVERDUE = Duration.ofMinutes(5);

	private final UnfinishedUploads uploads;

	private final Jobs jobs;

	private final UploadSchedule schedule;

	private final History history;

	private final RetryPlan retries;

	Sweep(UnfinishedUploads uploads, Jobs jobs, UploadSchedule schedule, History history, RetryPlan retries) {
		this.uploads = uploads;
		this.jobs = jobs;
		this.schedule = schedule;
		this.history = history;
		this.retries = retries;
	}

	@Scheduled(initialDelay = 1, fixedDelay = 1, timeUnit = TimeUnit.MINUTES)
	void abortUnfinishedUploads() {
		this.uploads.abortAll();
	}

	/**
	 * A replica of an older version drops the entries of failed jobs from the schedule,
	 * and keeps the next attempts of cancelled ones. A clock that is set back would let
	 * others wait until it has caught up.
	 */
	@Scheduled(initialDelay = 1, fixedDelay = 1, timeUnit = TimeUnit.MINUTES)
	void repairSchedule() {
		this.jobs.endStaleRetries();
		this.schedule.bringForward(this.retries.latest());
		this.jobs.overdue(this.retries.now().minus(OVERDUE)).forEach(this.schedule::addIfLost);
	}

	@Scheduled(initialDelay = 1, fixedDelay = 1, timeUnit = TimeUnit.MINUTES)
	void forgetOldJobs() {
		int forgotten = this.history.forgetOld();
		if (forgotten > 0) {
			log.info("{} jobs that ended longer ago than clipvault.jobs.history are forgotten.", forgotten);
		}
	}

}
