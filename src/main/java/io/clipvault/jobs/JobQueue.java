package io.clipvault.jobs;

import java.time.Duration;
import java.util.List;

import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import io.clipvault.storage.JobId;
import io.clipvault.webhooks.WebhookTarget;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Takes jobs in: what it answers is durable, and nobody waits for the store. */
@Component
class JobQueue {

	private static final Duration RETRY_AFTER = Duration.ofSeconds(30);

	private final JobDirectory directories;

	private final Jobs jobs;

	private final UploadSchedule schedule;

	private final TransactionOperations transaction;

	private final JobsSettings settings;

	JobQueue(JobDirectory directories, Jobs jobs, UploadSchedule schedule, TransactionOperations transaction,
			JobsSettings settings) {
		this.directories = directories;
		this.jobs = jobs;
		this.schedule = schedule;
		this.transaction = transaction;
		this.settings = settings;
	}

	Job accept(JobId id, String directory) {
		return accept(id, directory, null);
	}

	/**
	 * Accepts a directory.
	 * @param webhook who is told how the job ended
	 */
	Job accept(JobId id, String directory, @Nullable WebhookTarget webhook) {
		List<Artifact> artifacts = this.directories.artifacts(id, directory);
		this.transaction.executeWithoutResult((status) -> {
			requireRoom();
			long revision = this.jobs.enter(id, directory, this.schedule.place(), artifacts, webhook);
			this.schedule.add(id, revision);
		});
		this.schedule.hurry();
		return this.jobs.get(id);
	}

	private void requireRoom() {
		if (this.jobs.queued() >= this.settings.queueCapacity()) {
			throw new Problem(ProblemType.QUEUE_FULL,
					"%,d jobs are waiting already: post this one again after the time in Retry-After."
						.formatted(this.settings.queueCapacity()),
					RETRY_AFTER, null);
		}
	}

}
