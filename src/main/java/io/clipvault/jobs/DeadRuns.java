package io.clipvault.jobs;

import java.lang.management.ManagementFactory;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Frees at the start what a process that is gone had taken. A SQLite file is used on one
 * machine, which knows whether the process lives; on a server the missed heartbeats tell.
 */
@Component
class DeadRuns {

	private static final Logger log = LoggerFactory.getLogger(DeadRuns.class);

	private final JdbcClient database;

	private final boolean onThisMachine;

	DeadRuns(JdbcClient database, @Value("${spring.datasource.url}") String url) {
		this.database = database;
		this.onThisMachine = url.startsWith("jdbc:sqlite:");
	}

	/** The name under which this process takes work. */
	String self() {
		return this.onThisMachine ? Long.toString(ProcessHandle.current().pid())
				: ManagementFactory.getRuntimeMXBean().getName();
	}

	void free() {
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

	private boolean gone(String process) {
		// A container's process has the same number after each start.
		return process.equals(self()) || !process.matches("[0-9]{1,18}")
				|| ProcessHandle.of(Long.parseLong(process)).filter(ProcessHandle::isAlive).isEmpty();
	}

}
