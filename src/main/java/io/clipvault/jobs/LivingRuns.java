package io.clipvault.jobs;

import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;

import io.clipvault.layouts.JobId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Tells the runs of living processes from those of processes that are gone. A SQLite file
 * is used on one machine, which knows whether a process lives; on a server the missed
 * heartbeats tell.
 */
@Component
class LivingRuns {

	private static final Logger log = LoggerFactory.getLogger(LivingRuns.class);

	/** After so long without a heartbeat others take over. */
	private static final Duration SILENT = Duration.ofSeconds(20);

	private final JdbcClient database;

	private final Clock clock;

	private final boolean onThisMachine;

	LivingRuns(JdbcClient database, Clock clock, @Value("${spring.datasource.url}") String url) {
		this.database = database;
		this.clock = clock;
		this.onThisMachine = url.startsWith("jdbc:sqlite:");
	}

	/** The name under which this process takes work. */
	String self() {
		return this.onThisMachine ? Long.toString(ProcessHandle.current().pid())
				: ManagementFactory.getRuntimeMXBean().getName();
	}

	/** Has what processes that are gone had taken be due again, at the start. */
	void freeDead() {
		if (!this.onThisMachine) {
			return;
		}
		this.database.sql("SELECT DISTINCT picked_by FROM scheduled_tasks WHERE picked = TRUE")
			.query((row, number) -> row.getString("picked_by"))
			.list()
			.stream()
			.filter(this::gone)
			.forEach((process) -> {
				int freed = this.database.sql("""
						UPDATE scheduled_tasks SET picked = FALSE, picked_by = NULL, last_heartbeat = NULL,
							version = version + 1
						WHERE picked = TRUE AND picked_by = ?""").param(process).update();
				log.info("Going on with {} tasks of process {}, which is gone.", freed, process);
			});
	}

	/**
	 * Whether a run of a posting may still be at work: its entry in the schedule is
	 * taken, by a process that gives signs of life.
	 */
	boolean working(JobId job, long revision) {
		return this.database.sql("SELECT last_heartbeat FROM scheduled_tasks WHERE task_instance = ? AND picked = TRUE")
			.param(UploadTasks.instance(job, revision))
			.query((row, number) -> this.onThisMachine
					|| row.getTimestamp(1).toInstant().isAfter(this.clock.instant().minus(SILENT)))
			.list()
			.contains(true);
	}

	private boolean gone(String process) {
		// A container's process has the same number after each start.
		return process.equals(self()) || !process.matches("[0-9]{1,18}")
				|| ProcessHandle.of(Long.parseLong(process)).filter(ProcessHandle::isAlive).isEmpty();
	}

}
