package io.clipvault.kit;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

import com.github.kagkarlsson.scheduler.ScheduledExecutionsFilter;
import com.github.kagkarlsson.scheduler.testhelper.ManualScheduler;
import io.clipvault.jobs.JobStatus;
import tools.jackson.databind.JsonNode;

import org.springframework.core.env.Environment;

import static org.assertj.core.api.Assertions.assertThat;

/** A service that uploads only when a test says so, in the test's thread. */
public final class SteppedService {

	/** More than the longest delay before a job is tried again. */
	private static final Duration RETRY = Duration.ofMinutes(5);

	private static final int MOST_TRIES = 20;

	private final ManualScheduler scheduler;

	private final RunningClock clock;

	private final Environment environment;

	SteppedService(ManualScheduler scheduler, RunningClock clock, Environment environment) {
		this.scheduler = scheduler;
		this.clock = clock;
		this.environment = environment;
	}

	public Caller caller() {
		return new Caller(this.environment.getRequiredProperty("local.server.port", Integer.class));
	}

	/** The jobs root. */
	public Path root() {
		return Path.of(this.environment.getRequiredProperty("clipvault.jobs.root"));
	}

	/** The time of the service's clock. */
	public Instant now() {
		return this.clock.instant();
	}

	/** Moves the service's clock ahead. */
	public void advance(Duration step) {
		this.clock.advance(step);
	}

	/** Runs all uploads that are due, and returns the job as it is then. */
	public JsonNode run(String job) {
		this.scheduler.runAnyDueExecutions();
		return caller().get("/jobs/" + job).json();
	}

	/** Posts a job's directory by the job's own name and uploads it. */
	public JsonNode upload(String job) {
		assertThat(caller().postJob(job).status()).isEqualTo(202);
		return run(job);
	}

	/** Runs a job as often as it is tried, without waiting in between. */
	public JsonNode runUntilEnded(String job) {
		for (int run = 1; run < MOST_TRIES; run++) {
			JsonNode state = run(job);
			if (JobStatus.of(state.path("status").asString()).ended()) {
				return state;
			}
			advance(RETRY);
		}
		return run(job);
	}

	/** Whether the schedule has an entry of the job. */
	public boolean isScheduled(String job) {
		return this.scheduler.getScheduledExecutions(ScheduledExecutionsFilter.all())
			.stream()
			.anyMatch((entry) -> entry.getTaskInstance().getId().startsWith(job + "/"));
	}

}
