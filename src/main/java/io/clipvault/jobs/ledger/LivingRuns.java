package io.clipvault.jobs.ledger;

import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;

import io.clipvault.jobs.Posting;
import io.clipvault.state.DatabaseKind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Tells whether a run's process is alive. On SQLite all processes run on this machine, so
 * the operating system is asked; on PostgreSQL the heartbeats in the schedule tell.
 */
@Component
public class LivingRuns {

	private static final Logger log = LoggerFactory.getLogger(LivingRuns.class);

	/** A process without a heartbeat for so long counts as dead. */
	private static final Duration SILENT = Duration.ofSeconds(20);

	private final JdbcClient database;

	private final Clock clock;

	private final boolean onThisMachine;

	LivingRuns(JdbcClient database, Clock clock, DatabaseKind kind) {
		this.database = database;
		this.clock = clock;
		this.onThisMachine = (kind == DatabaseKind.SQLITE);
	}

	/** The name under which this process picks tasks from the schedule. */
	public String processName() {
		return this.onThisMachine ? Long.toString(ProcessHandle.current().pid())
				: ManagementFactory.getRuntimeMXBean().getName();
	}

	/** Makes the tasks of dead processes due again, when this one starts. */
	public void releaseDeadProcesses() {
		if (!this.onThisMachine) {
			return;
		}
		this.database.sql("SELECT DISTINCT picked_by FROM scheduled_tasks WHERE picked = TRUE")
			.query((row, number) -> row.getString("picked_by"))
			.list()
			.stream()
			.filter(this::isDead)
			.forEach((process) -> {
				int released = this.database.sql("""
						UPDATE scheduled_tasks SET picked = FALSE, picked_by = NULL, last_heartbeat = NULL,
							version = version + 1
						WHERE picked = TRUE AND picked_by = ?""").param(process).update();
				log.info("Continuing {} tasks of process {}, which is dead.", released, process);
			});
	}

	/** Whether a live process has picked a posting from the schedule. */
	boolean isRunning(Posting posting) {
		return this.database.sql("SELECT last_heartbeat FROM scheduled_tasks WHERE task_instance = ? AND picked = TRUE")
			.param(posting.toString())
			.query((row, number) -> this.onThisMachine
					|| row.getTimestamp(1).toInstant().isAfter(this.clock.instant().minus(SILENT)))
			.list()
			.contains(true);
	}

	private boolean isDead(String process) {
		// In a container the process has the same number after each start.
		return process.equals(processName()) || !process.matches("[0-9]{1,18}")
				|| ProcessHandle.of(Long.parseLong(process)).filter(ProcessHandle::isAlive).isEmpty();
	}

}
