package io.clipvault.jobs;

import java.util.Map;
import java.util.Optional;

import io.clipvault.layouts.JobId;
import io.clipvault.webhooks.Deliveries;
import io.clipvault.webhooks.DeliveryOutcome;
import io.clipvault.webhooks.WebhookTarget;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Tells a job's webhook how it ended. */
@Component
class JobNotices {

	private final JdbcClient database;

	private final Deliveries deliveries;

	private final JsonMapper json;

	JobNotices(JdbcClient database, Deliveries deliveries, JsonMapper json) {
		this.database = database;
		this.deliveries = deliveries;
		this.json = json;
	}

	/** Enters the delivery in the transaction that ends the job. */
	void ended(Job job) {
		Wanted wanted = this.database.sql("SELECT revision, webhook_url, webhook_secret FROM job WHERE id = ?")
			.param(job.id().value())
			.query((row, number) -> new Wanted(row.getLong("revision"),
					target(row.getString("webhook_url"), row.getString("webhook_secret"))))
			.single();
		this.deliveries.enqueue(subject(job.id(), wanted.revision()), wanted.target(),
				this.json.writeValueAsString(Map.of("event", "job." + job.status().word(), "job", job)));
		// Kept with the delivery from here on.
		this.database.sql("UPDATE job SET webhook_secret = NULL WHERE id = ?").param(job.id().value()).update();
	}

	/** How far the delivery about a posting of a job is. */
	Optional<DeliveryOutcome> outcome(JobId job, long revision) {
		return this.deliveries.last(subject(job, revision));
	}

	private static String subject(JobId job, long revision) {
		return "jobs/" + job + "/" + revision;
	}

	private static @Nullable WebhookTarget target(@Nullable String url, @Nullable String secret) {
		return (url == null || secret == null) ? null : new WebhookTarget(url, secret);
	}

	/** Who is to be told of which posting. */
	private record Wanted(long revision, @Nullable WebhookTarget target) {
	}

}
