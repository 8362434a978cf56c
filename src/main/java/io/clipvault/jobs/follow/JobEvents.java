package io.clipvault.jobs.follow;

import java.time.Clock;
import java.time.Duration;
import java.util.List;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.clipvault.jobs.ledger.JobDetails;
import io.clipvault.layouts.JobId;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells a job's progress until it ends. All followers of a job share one reading per
 * interval.
 */
@Component
class JobEvents {

	private final Cache<JobId, JobWatch> watches = Caffeine.newBuilder()
		.expireAfterAccess(Duration.ofSeconds(30))
		.build();

	private final JobDetails jobs;

	private final JsonMapper json;

	private final Clock clock;

	JobEvents(JobDetails jobs, JsonMapper json, Clock clock) {
		this.jobs = jobs;
		this.json = json;
		this.clock = clock;
	}

	/** The present state of a job, and then each change until it ends. */
	Feed of(JobId id) {
		this.jobs.progress(id);
		return new JobFeed(id);
	}

	/** The events of one job for one follower. */
	private final class JobFeed implements Feed {

		private final JobId id;

		private @Nullable JobProgress last;

		JobFeed(JobId id) {
			this.id = id;
		}

		@Override
		public List<Event> next() {
			JobProgress progress = JobEvents.this.watches.get(this.id, (job) -> new JobWatch())
				.look(JobEvents.this.jobs, this.id, JobEvents.this.clock);
			if (progress.equals(this.last)) {
				return List.of();
			}
			this.last = progress;
			return List.of(new Event("progress", JobEvents.this.json.writeValueAsString(progress)));
		}

		@Override
		public boolean isOver() {
			return this.last != null && this.last.isOver();
		}

	}

}
