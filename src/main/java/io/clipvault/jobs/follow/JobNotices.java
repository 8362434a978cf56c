package io.clipvault.jobs.follow;

import java.util.Map;

import io.clipvault.jobs.JobEnded;
import io.clipvault.jobs.Posting;
import io.clipvault.jobs.ledger.Job;
import io.clipvault.jobs.ledger.JobView;
import io.clipvault.jobs.ledger.Jobs;
import io.clipvault.webhooks.Deliveries;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Has the webhook told how a job ended. */
@Component
class JobNotices {

	private final Jobs jobs;

	private final Deliveries deliveries;

	private final JsonMapper json;

	JobNotices(Jobs jobs, Deliveries deliveries, JsonMapper json) {
		this.jobs = jobs;
		this.deliveries = deliveries;
		this.json = json;
	}

	/** Enters the delivery in the transaction that ends the job. */
	@EventListener
	void enter(JobEnded ended) {
		Job job = this.jobs.get(ended.posting().job());
		String subject = ended.posting().subject();
		boolean retried = job.nextAttemptAt() != null;
		if (retried && this.deliveries.last(subject).isPresent()) {
			// Only the first failure is told, and then how it ended.
			return;
		}
		// Of a job that is posted again and again only the newest is kept.
		this.deliveries.forget(new Posting(job.id(), job.revision() - 1).subject());
		this.deliveries.enqueue(subject, this.jobs.webhook(job.id()).orElse(null),
				this.json.writeValueAsString(Map.of("event", "job." + ended.status().word(), "job", JobView.of(job))));
		if (!retried) {
			this.jobs.forgetWebhookSecret(job.id());
		}
	}

}
