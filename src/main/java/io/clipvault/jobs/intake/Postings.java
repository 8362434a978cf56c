package io.clipvault.jobs.intake;

import java.time.Duration;
import java.util.List;

import io.clipvault.jobs.folders.JobDirectory;
import io.clipvault.jobs.folders.DirectoryListing;
import io.clipvault.jobs.ledger.Jobs;
import io.clipvault.jobs.runs.UploadSchedule;
import io.clipvault.layouts.JobId;
import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import io.clipvault.webhooks.WebhookTarget;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Enters postings in the rows and in the schedule, in the caller's transaction. */
@Component
class Postings {

	private static final Duration RETRY_AFTER = Duration.ofSeconds(30);

	private final JobDirectory directories;

	private final Jobs jobs;

	private final DirectoryGuard guard;

	private final UploadSchedule schedule;

	private final QueueSettings settings;

	Postings(JobDirectory directories, Jobs jobs, DirectoryGuard guard, UploadSchedule schedule,
			QueueSettings settings) {
		this.directories = directories;
		this.jobs = jobs;
		this.guard = guard;
		this.schedule = schedule;
		this.settings = settings;
	}

	void enter(JobId id, DirectoryListing listing, @Nullable WebhookTarget webhook) {
		if (this.jobs.queued() >= this.settings.queueCapacity()) {
			throw new Problem(ProblemType.QUEUE_FULL,
					"%,d jobs are already waiting: post this one again after the time in Retry-After."
						.formatted(this.settings.queueCapacity()),
					RETRY_AFTER, null);
		}
		this.guard.pass(id, listing);
		this.schedule.add(this.jobs.enter(id, listing.directory(), listing.artifacts(), webhook));
	}

	/** Enters a posting whose directory this service made of received files. */
	void enterReceived(JobId id, DirectoryListing listing) {
		enter(id, listing, null);
		this.jobs.markReceived(id);
	}

	/** Enters a posting that the caller ends at once. */
	void enterWithoutUpload(JobId id, String directory, @Nullable WebhookTarget webhook) {
		this.jobs.enter(id, this.directories.relative(directory), List.of(), webhook);
	}

}
