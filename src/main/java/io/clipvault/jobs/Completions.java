package io.clipvault.jobs;

import java.util.List;
import java.util.Optional;

import io.clipvault.layouts.JobId;
import io.clipvault.webhooks.WebhookTarget;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Records runs of the generator that went wrong and leave nothing to upload. */
@Component
class Completions {

	private final Jobs jobs;

	private final Claims claims;

	private final UploadSchedule schedule;

	private final JobEnds ends;

	private final WatchedJobs watched;

	private final TransactionOperations transaction;

	Completions(Jobs jobs, Claims claims, UploadSchedule schedule, JobEnds ends, WatchedJobs watched,
			TransactionOperations transaction) {
		this.jobs = jobs;
		this.claims = claims;
		this.schedule = schedule;
		this.ends = ends;
		this.watched = watched;
		this.transaction = transaction;
	}

	/**
	 * Ends a job as failed without ever having it scheduled; the watch leaves it alone
	 * too.
	 */
	Job failed(JobId id, String directory, int returnCode, @Nullable WebhookTarget webhook) {
		Optional<WatchedDirectory> seen = this.watched.look(directory);
		this.transaction.executeWithoutResult((status) -> {
			seen.ifPresent(this.watched::note);
			this.jobs.enter(id, directory, this.schedule.place(), List.of(), webhook);
			this.ends.failed(this.claims.untaken(id),
					"The generator ended with return code %d: nothing was uploaded.".formatted(returnCode));
		});
		return this.jobs.get(id);
	}

}
