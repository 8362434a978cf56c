package io.clipvault.jobs;

import java.time.Duration;
import java.util.List;

import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import io.clipvault.storage.JobId;
import org.jspecify.annotations.Nullable;

import org.springframework.core.task.TaskRejectedException;
import org.springframework.stereotype.Component;

/** Takes jobs in without making anyone wait for the store. */
@Component
class JobQueue {

	private static final Duration RETRY_AFTER = Duration.ofSeconds(30);

	private final JobDirectory directories;

	private final Jobs jobs;

	private final UploadRun run;

	private final JobsSettings settings;

	JobQueue(JobDirectory directories, Jobs jobs, UploadRun run, JobsSettings settings) {
		this.directories = directories;
		this.jobs = jobs;
		this.run = run;
		this.settings = settings;
	}

	Job accept(JobId id, String directory) {
		List<Artifact> artifacts = this.directories.artifacts(id, directory);
		Job job = this.jobs.queued(id, directory, artifacts);
		@Nullable Job replaced = this.jobs.enter(job);
		try {
			this.run.upload(id, artifacts);
			return job;
		}
		catch (TaskRejectedException full) {
			this.jobs.withdraw(id, replaced);
			throw new Problem(ProblemType.QUEUE_FULL,
					"%,d jobs are waiting already: post this one again after the time in Retry-After."
						.formatted(this.settings.queueCapacity()),
					RETRY_AFTER, full);
		}
	}

}
