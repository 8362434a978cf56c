package io.clipvault.jobs;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import io.clipvault.storage.JobId;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** The jobs this process knows, each with its present state. */
@Component
class Jobs {

	private final ConcurrentMap<JobId, Job> jobs = new ConcurrentHashMap<>();

	private final Clock clock;

	Jobs(Clock clock) {
		this.clock = clock;
	}

	Job get(JobId id) {
		Job job = this.jobs.get(id);
		if (job == null) {
			throw new Problem(ProblemType.JOB_NOT_FOUND,
					"No job '%s' is known: post its directory to /jobs/%s/artifacts first.".formatted(id, id));
		}
		return job;
	}

	/**
	 * Enters a job as queued.
	 * @return the ended job of the same id that it replaces, if there was one
	 */
	@Nullable Job enter(Job queued) {
		Job[] replaced = new Job[1];
		this.jobs.compute(queued.id(), (id, present) -> {
			if (present != null && !present.status().ended()) {
				throw new Problem(ProblemType.JOB_ACTIVE,
						"Job '%s' is uploading '%s': wait until it has ended, then post again.".formatted(id,
								present.directory()));
			}
			replaced[0] = present;
			return queued;
		});
		return replaced[0];
	}

	/** Takes an entry back as if it had never been made. */
	void withdraw(JobId id, @Nullable Job replaced) {
		this.jobs.compute(id, (same, present) -> replaced);
	}

	Job queued(JobId id, String directory, List<Artifact> artifacts) {
		return Job.queued(id, directory, artifacts, this.clock.instant());
	}

	void started(JobId id) {
		this.jobs.computeIfPresent(id, (same, job) -> job.started(this.clock.instant()));
	}

	void ended(JobId id, JobStatus how, @Nullable String why) {
		this.jobs.computeIfPresent(id, (same, job) -> job.ended(how, why, this.clock.instant()));
	}

	void file(JobId id, String name, JobStatus status, @Nullable String why) {
		this.jobs.computeIfPresent(id, (same, job) -> job.withFile(name, (file) -> file.as(status, why)));
	}

}
