package io.clipvault.jobs.follow;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.clipvault.jobs.ledger.JobDetails;
import io.clipvault.layouts.JobId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Sends a job's progress to its followers until it ends. All followers of a job share one
 * reading per interval.
 */
@Component
class JobEvents {

	/** Proxies close a connection that is silent for long. */
	private static final Duration KEEP_ALIVE = Duration.ofSeconds(15);

	private static final long NO_TIMEOUT = 0;

	private static final Logger log = LoggerFactory.getLogger(JobEvents.class);

	private final Cache<JobId, JobWatch> watches = Caffeine.newBuilder()
		.expireAfterAccess(Duration.ofSeconds(30))
		.build();

	private final CountDownLatch stopping = new CountDownLatch(1);

	private final JobDetails jobs;

	private final Clock clock;

	JobEvents(JobDetails jobs, Clock clock) {
		this.jobs = jobs;
		this.clock = clock;
	}

	/** Follows a job until it ends, the follower leaves or the service stops. */
	SseEmitter follow(JobId id) {
		this.jobs.progress(id);
		SseEmitter follower = new SseEmitter(NO_TIMEOUT);
		Thread.ofVirtual().name("follow-" + id).start(() -> follow(id, follower));
		return follower;
	}

	private void follow(JobId id, SseEmitter follower) {
		try {
			sendChanges(id, follower);
			follower.complete();
		}
		// The emitter throws the second once the container has seen the closed
		// connection.
		catch (IOException | IllegalStateException gone) {
			log.debug("A follower of job {} has left.", id, gone);
		}
		catch (RuntimeException failure) {
			log.warn("Job {}: its progress could not be sent.", id, failure);
			follower.completeWithError(failure);
		}
	}

	private void sendChanges(JobId id, SseEmitter follower) throws IOException {
		@Nullable JobProgress last = null;
		Instant sent = this.clock.instant();
		while (true) {
			JobProgress progress = this.watches.get(id, (job) -> new JobWatch()).look(this.jobs, id, this.clock);
			if (!progress.equals(last)) {
				follower.send(SseEmitter.event().name("progress").data(progress, MediaType.APPLICATION_JSON));
				last = progress;
				sent = this.clock.instant();
			}
			else if (isSilentFor(KEEP_ALIVE, sent)) {
				follower.send(SseEmitter.event().comment(""));
				sent = this.clock.instant();
			}
			if (progress.isOver() || isStopping()) {
				return;
			}
		}
	}

	/** True also after the clock was set back, when nobody knows how long. */
	private boolean isSilentFor(Duration time, Instant since) {
		Duration silent = Duration.between(since, this.clock.instant());
		return silent.isNegative() || silent.compareTo(time) >= 0;
	}

	private boolean isStopping() {
		try {
			return this.stopping.await(JobWatch.INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException interrupted) {
			Thread.currentThread().interrupt();
			return true;
		}
	}

	@EventListener(ContextClosedEvent.class)
	void close() {
		this.stopping.countDown();
	}

}
