package io.clipvault.jobs.follow;

import java.util.List;
import io.clipvault.jobs.JobEnded;
import io.clipvault.jobs.JobStatus;
import io.clipvault.jobs.Posting;
import io.clipvault.jobs.ledger.Claim;
import io.clipvault.jobs.ledger.Claims;
import io.clipvault.jobs.ledger.Job;
import io.clipvault.jobs.ledger.Jobs;
import io.clipvault.jobs.runs.JobEnds;
import io.clipvault.kit.JobFolder;
import io.clipvault.kit.SteppedService;
import io.clipvault.kit.SteppedTest;
import io.clipvault.layouts.JobId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** What a webhook is told of a job, on every database. */
@SteppedTest
abstract class NoticesContractTests {

	@Autowired
	private SteppedService service;

	@Autowired
	private Jobs jobs;

	@Autowired
	private JobEnds ends;

	@Autowired
	private Claims claims;

	@Autowired
	private ApplicationEventPublisher events;

	@Autowired
	private TransactionTemplate transaction;

	@Autowired
	private JdbcClient database;

	@Test
	void jobWhenItNamesAWebhookShowsItsDeliveryOnceItHasEnded() {
		postWithWebhook("told");
		JsonNode ended = this.service.run("told");
		assertThat(ended.path("webhook").path("status").asString()).isIn("pending", "failed");
		assertThat(bodies("told")).singleElement()
			.asString()
			.contains("\"event\":\"job.completed\"", "\"id\":\"told\"");
		assertThat(ended.toString()).doesNotContain("a long secret");

		JsonNode without = this.service.upload("told");
		assertThat(without.path("status").asString()).isEqualTo("completed");
		assertThat(without.has("webhook")).isFalse();
	}

	@Test
	void deliveryWhenTheEndOfTheJobIsRolledBackIsNotEntered() {
		postWithWebhook("undone");
		JobId id = new JobId("undone");
		this.transaction.executeWithoutResult((status) -> {
			this.ends.failQueued(id, "It is rolled back.");
			assertThat(deliveries("undone")).isOne();
			status.setRollbackOnly();
		});
		assertThat(this.jobs.get(id).status()).isEqualTo(JobStatus.QUEUED);
		assertThat(deliveries("undone")).isZero();

		// The webhook's secret was put back too: the real end uses it.
		assertThat(this.service.run("undone").path("webhook").path("status").asString()).isIn("pending", "failed");
		assertThat(deliveries("undone")).isOne();
	}

	@Test
	void webhookWhenAFailedJobIsTriedAgainIsToldTheFirstFailureAndHowItEnded() {
		postWithWebhook("patient");
		Posting posting = this.jobs.get(new JobId("patient")).posting();
		for (int failure = 1; failure <= 3; failure++) {
			Claim claim = this.claims.take(posting).orElseThrow();
			this.claims.fail(claim, "There is no bucket.", Job.Failures.NONE, this.service.now(),
					() -> this.events.publishEvent(new JobEnded(posting, JobStatus.FAILED)));
		}
		assertThat(bodies("patient")).singleElement()
			.asString()
			.contains("\"event\":\"job.failed\"")
			.containsPattern("\"next_attempt_at\":\"20[^\"]+Z\"");

		assertThat(this.service.run("patient").path("status").asString()).isEqualTo("completed");

		assertThat(bodies("patient")).hasSize(2)
			.last()
			.asString()
			.contains("\"event\":\"job.completed\"", "\"next_attempt_at\":null");
		assertThat(this.database.sql("SELECT secret FROM webhook_delivery WHERE subject LIKE 'jobs/patient/%'")
			.query(String.class)
			.list()).doesNotContainNull();
		assertThat(this.jobs.webhook(new JobId("patient"))).isEmpty();
	}

	private List<@Nullable String> bodies(String job) {
		return this.database.sql("SELECT body FROM webhook_delivery WHERE subject LIKE ? ORDER BY number")
			.param("jobs/" + job + "/%")
			.query(String.class)
			.list();
	}

	private void postWithWebhook(String job) {
		JobFolder.create(this.service.root(), job, job).withClips(1);
		assertThat(this.service.caller()
			.post("/jobs/" + job + "/artifacts",
					"""
							{"directory": "%s", "webhook": {"url": "http://127.0.0.1:9/", "secret": "a long secret"}}"""
						.formatted(job))
			.status()).isEqualTo(202);
	}

	private long deliveries(String job) {
		return this.database.sql("SELECT COUNT(*) FROM webhook_delivery WHERE subject LIKE ?")
			.param("jobs/" + job + "/%")
			.query(Long.class)
			.single();
	}

}
