package io.clipvault.jobs;

import java.time.Clock;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import io.clipvault.layouts.JobId;
import org.springframework.stereotype.Component;

/** When which job's upload is due, in the same database as the jobs. */
@Component
class UploadSchedule {

	private final Scheduler scheduler;

	private final Place place;

	private final Clock clock;

	UploadSchedule(Scheduler scheduler, Place place, Clock clock) {
		this.scheduler = scheduler;
		this.place = place;
		this.clock = clock;
	}

	String place() {
		return this.place.id();
	}

	/** Makes a job due now; the caller's transaction is joined. */
	void add(JobId job, long revision) {
		boolean added = this.scheduler.scheduleIfNotExists(
				new TaskInstance<>(UploadTasks.uploadsAt(this.place), UploadTasks.instance(job, revision)),
				this.clock.instant());
		if (!added) {
			throw new IllegalStateException("Job %s is in the schedule already as %d".formatted(job, revision));
		}
	}

	/** Has what is due begun at once, not only when the schedule is looked at next. */
	void hurry() {
		this.scheduler.triggerCheckForDueExecutions();
	}

}
