package io.clipvault.jobs.follow;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

import io.clipvault.jobs.GalleryUpdated;
import io.clipvault.jobs.ledger.JobDetails;
import io.clipvault.jobs.ledger.JobView;
import io.clipvault.layouts.JobId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells the changes of all jobs and of the gallery, made by any replica. All followers
 * share one reading of the jobs per interval; without followers nothing is read.
 */
@Component
class AllChanges {

	static final int MOST_OPEN = 100;

	static final int MOST_CHANGED = 1000;

	/**
	 * How much later than its time a change may become visible, and how far the clocks of
	 * replicas may be apart.
	 */
	static final Duration LATE = Duration.ofSeconds(10);

	private static final Logger log = LoggerFactory.getLogger(AllChanges.class);

	private final RecentEvents recent = new RecentEvents();

	/** Held by the follower that reads for all; the others do not wait for it. */
	private final ReentrantLock reading = new ReentrantLock();

	private final JobDetails jobs;

	private final JsonMapper json;

	private final Clock clock;

	/** The jobs of the last look, with what was told of them. */
	private Map<JobId, JobWatch> told = Map.of();

	/** When the last look was tried, and when one last succeeded. */
	private @Nullable Instant tried;

	private @Nullable Instant looked;

	AllChanges(JobDetails jobs, JsonMapper json, Clock clock) {
		this.jobs = jobs;
		this.json = json;
		this.clock = clock;
	}

	/** The jobs that have not ended, and then each change. */
	Feed follow() {
		// What changed before is not told to this follower, but what changes from here on
		// is.
		look();
		long start = this.recent.end();
		return new ChangesFeed(start,
				this.jobs.open(MOST_OPEN).stream().map((job) -> event(JobProgress.of(job, 0))).toList());
	}

	@EventListener
	void onGallery(GalleryUpdated updated) {
		this.recent.add(new Feed.Event("gallery", this.json.writeValueAsString(new GalleryChange(updated.job()))));
	}

	private Feed.Event event(JobProgress progress) {
		return new Feed.Event("job", this.json.writeValueAsString(progress));
	}

	private void look() {
		if (!this.reading.tryLock()) {
			return;
		}
		try {
			Instant now = this.clock.instant();
			Instant before = this.tried;
			if (before == null || now.isBefore(before) || !now.isBefore(before.plus(JobWatch.INTERVAL))) {
				this.tried = now;
				tell(now);
			}
		}
		catch (DataAccessException failure) {
			log.debug("The database does not answer; the changes of jobs are told later.", failure);
		}
		finally {
			this.reading.unlock();
		}
	}

	/** Tells what differs from what was told before. */
	private void tell(Instant now) {
		Instant before = (this.looked != null) ? this.looked : now;
		boolean back = now.isBefore(before);
		// If the clock was set back, this look also covers the changes before that, and
		// those that follow it have earlier times.
		List<JobView> changed = this.jobs.changed((back ? now : before).minus(LATE), (back ? before : now).plus(LATE),
				MOST_CHANGED);
		Map<JobId, JobWatch> telling = new HashMap<>();
		for (JobView job : changed) {
			JobWatch watch = this.told.getOrDefault(job.id(), new JobWatch());
			@Nullable JobProgress last = watch.latest();
			JobProgress progress = watch.take(job, now);
			if (!progress.equals(last)) {
				this.recent.add(event(progress));
			}
			telling.put(job.id(), watch);
		}
		this.told = telling;
		this.looked = now;
	}

	/** The events for one follower; over once it is too slow for them. */
	private final class ChangesFeed implements Feed {

		private final List<Event> first;

		private long position;

		private boolean slow;

		ChangesFeed(long position, List<Event> first) {
			this.position = position;
			this.first = new ArrayList<>(first);
		}

		@Override
		public List<Event> next() {
			look();
			List<Event> events = List.copyOf(this.first);
			this.first.clear();
			if (!events.isEmpty()) {
				return events;
			}
			Optional<List<Event>> news = AllChanges.this.recent.from(this.position);
			this.slow = news.isEmpty();
			this.position += news.map(List::size).orElse(0);
			return news.orElse(List.of());
		}

		@Override
		public boolean isOver() {
			return this.slow;
		}

	}

}
