package io.clipvault.jobs;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import io.clipvault.layouts.JobId;
import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
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

	private final WatchedJobs watched;

	private final Holds holds;

	JobQueue(JobDirectory directories, Jobs jobs, UploadSchedule schedule, TransactionOperations transaction,
			JobsSettings settings, WatchedJobs watched, Holds holds) {
		this.directories = directories;
		this.jobs = jobs;
		this.schedule = schedule;
		this.transaction = transaction;
		this.settings = settings;
		this.watched = watched;
		this.holds = holds;
	}

	Job accept(JobId id, String directory) {
		return accept(id, directory, null);
	}

	/**
	 * Accepts a directory.
	 * @param webhook who is told how the job ended
	 */
	Job accept(JobId id, String directory, @Nullable WebhookTarget webhook) {
		// First of all: what changes from here on is another content.
		Optional<WatchedDirectory> seen = this.watched.look(directory);
		List<Artifact> artifacts = this.directories.artifacts(id, directory);
		Job accepted = this.transaction.execute((status) -> {
			seen.ifPresent(this.watched::note);
			enter(id, directory, artifacts, webhook);
			// Read here, so that nothing is accepted that cannot be answered.
			return this.jobs.get(id);
		});
		this.schedule.hurry();
		return Objects.requireNonNull(accepted);
	}

	/**
	 * Accepts a directory of the jobs root as the job of its name, unless a call or
	 * another watch has brought this content of it.
	 * @return whether it was accepted now
	 */
	boolean acceptOnce(WatchedDirectory seen) {
		if (this.watched.known(seen)) {
			return false;
		}
		JobId id = new JobId(seen.name());
		List<Artifact> artifacts = this.directories.artifacts(id, seen.name());
		boolean accepted = Boolean.TRUE.equals(this.transaction.execute((status) -> {
			boolean fresh = this.watched.note(seen);
			if (fresh) {
				enter(id, seen.name(), artifacts, null);
			}
			return fresh;
		}));
		this.schedule.hurry();
		return accepted;
	}

	private void enter(JobId id, String directory, List<Artifact> artifacts, @Nullable WebhookTarget webhook) {
		requireRoom();
		this.holds.requireNoHold(id);
		this.schedule.add(id, this.jobs.enter(id, directory, this.schedule.place(), artifacts, webhook));
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
