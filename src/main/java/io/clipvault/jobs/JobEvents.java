package io.clipvault.jobs;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.clipvault.layouts.JobId;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells a job's progress as server-sent events until it ends. However many follow a job,
 * it is looked at once in an interval.
 */
@Component
class JobEvents {

	/** Proxies close a connection that is silent for long. */
	private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(15);

	private final Cache<JobId, JobWatch> watches = Caffeine.newBuilder()
		.expireAfterAccess(Duration.ofSeconds(30))
		.build();

	private final CountDownLatch stopping = new CountDownLatch(1);

	private final Jobs jobs;

	private final JsonMapper json;

	private final Clock clock;

	JobEvents(Jobs jobs, JsonMapper json, Clock clock) {
		this.jobs = jobs;
		this.json = json;
		this.clock = clock;
	}

	/** Writes events until the job ends, the listener leaves or the service stops. */
	void follow(JobId id, OutputStream out) throws IOException {
		String last = "";
		Instant written = this.clock.instant();
		while (true) {
			JobProgress progress = this.watches.get(id, (job) -> new JobWatch()).look(this.jobs, id, this.clock);
			String data = this.json.writeValueAsString(progress);
			if (!data.equals(last)) {
				write(out, "event: progress\ndata: " + data + "\n\n");
				last = data;
				written = this.clock.instant();
			}
			else if (!this.clock.instant().isBefore(written.plus(SIGN_OF_LIFE))) {
				write(out, ":\n\n");
				written = this.clock.instant();
			}
			if (progress.status().ended() || stopped()) {
				return;
			}
		}
	}

	private static void write(OutputStream out, String event) throws IOException {
		out.write(event.getBytes(StandardCharsets.UTF_8));
		out.flush();
	}

	private boolean stopped() {
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
