package io.clipvault.jobs.follow;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.clipvault.bounds.Places;
import io.clipvault.problems.ProblemType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Sends events to a bounded number of followers, each on a virtual thread, until their
 * feeds are over or the service stops.
 */
@Component
class Followers {

	static final int MOST = 256;

	/**
	 * Proxies close a connection that is silent for long, and a follower that has left is
	 * noticed when something is sent.
	 */
	private static final Duration KEEP_ALIVE = Duration.ofSeconds(15);

	private static final long NO_TIMEOUT = 0;

	private static final MediaType TEXT = new MediaType("text", "plain", StandardCharsets.UTF_8);

	private static final Logger log = LoggerFactory.getLogger(Followers.class);

	private final Places places = new Places(MOST, ProblemType.TOO_MANY_FOLLOWERS,
			"%d pages or programs follow events already: connect again after the time in Retry-After, or ask GET /jobs."
				.formatted(MOST));

	private final CountDownLatch stopping = new CountDownLatch(1);

	private final Clock clock;

	Followers(Clock clock) {
		this.clock = clock;
	}

	/** Adds a follower, unless there are too many. */
	SseEmitter add(String name, Supplier<Feed> opening) {
		Places.Place place = this.places.take();
		boolean started = false;
		try {
			Feed feed = opening.get();
			SseEmitter follower = new SseEmitter(NO_TIMEOUT);
			Thread.ofVirtual().name("follow-" + name).start(() -> serve(name, feed, follower, place));
			started = true;
			return follower;
		}
		finally {
			if (!started) {
				place.close();
			}
		}
	}

	private void serve(String name, Feed feed, SseEmitter follower, Places.Place place) {
		try (place) {
			sendEvents(feed, follower);
			follower.complete();
		}
		// The emitter throws the second once the container has seen the closed
		// connection.
		catch (IOException | IllegalStateException gone) {
			log.debug("A follower of {} has left.", name, gone);
		}
		catch (RuntimeException failure) {
			log.warn("The events of {} could not be sent.", name, failure);
			follower.completeWithError(failure);
		}
	}

	private void sendEvents(Feed feed, SseEmitter follower) throws IOException {
		Instant sent = this.clock.instant();
		do {
			List<Feed.Event> events = feed.next();
			for (Feed.Event event : events) {
				follower.send(SseEmitter.event().name(event.name()).data(event.json(), TEXT));
			}
			boolean silent = events.isEmpty() && isSilentFor(KEEP_ALIVE, sent);
			if (silent) {
				follower.send(SseEmitter.event().comment(""));
			}
			if (silent || !events.isEmpty()) {
				sent = this.clock.instant();
			}
		}
		while (!feed.isOver() && !isStopping());
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
