package io.clipvault.jobs.ledger;

import java.sql.Timestamp;
import java.time.Instant;

import io.clipvault.jobs.Posting;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/** Works on postings as the run of another process does, seen from the database. */
public final class OtherProcess {

	private final Claims claims;

	private final JdbcClient database;

	public OtherProcess(Claims claims, JdbcClient database) {
		this.claims = claims;
		this.database = database;
	}

	/** Picks a posting from the schedule and takes its job. */
	public Claim take(Posting posting, Instant heartbeat) {
		int picked = this.database.sql("""
				UPDATE scheduled_tasks SET picked = TRUE, picked_by = 'another', last_heartbeat = ?
				WHERE task_instance = ?""").params(Timestamp.from(heartbeat), posting.toString()).update();
		assertThat(picked).isOne();
		return this.claims.take(posting).orElseThrow();
	}

	/** Removes a posting from the schedule, as db-scheduler does when its run returns. */
	public void end(Posting posting) {
		int removed = this.database.sql("DELETE FROM scheduled_tasks WHERE task_instance = ?")
			.param(posting.toString())
			.update();
		assertThat(removed).isOne();
	}

}
