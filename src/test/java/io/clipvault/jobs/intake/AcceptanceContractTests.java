package io.clipvault.jobs.intake;

import io.clipvault.jobs.Posting;
import io.clipvault.jobs.folders.RootId;
import io.clipvault.jobs.ledger.Claims;
import io.clipvault.jobs.ledger.Holds;
import io.clipvault.jobs.ledger.Jobs;
import io.clipvault.jobs.ledger.OtherProcess;
import io.clipvault.kit.Caller;
import io.clipvault.kit.JobFolder;
import io.clipvault.kit.SteppedService;
import io.clipvault.kit.SteppedTest;
import io.clipvault.layouts.JobId;
import io.clipvault.problems.Problem;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Jobs are accepted durably or not at all, on every database. */
@SteppedTest
abstract class AcceptanceContractTests {

	@Autowired
	private SteppedService service;

	@Autowired
	private Jobs jobs;

	@Autowired
	private Claims claims;

	@Autowired
	private Holds holds;

	@Autowired
	private RootId rootId;

	@Autowired
	private JdbcClient database;

	@Test
	void postWhenItCannotBeScheduledKeepsNothingOfThePosting() {
		JobFolder folder = JobFolder.create(this.service.root(), "torn", "torn").withClips(1);
		this.service.upload("torn");
		Posting before = this.jobs.get(new JobId("torn")).posting();
		// An entry of the same name is in the schedule already.
		this.database.sql("""
				INSERT INTO scheduled_tasks (task_name, task_instance, execution_time, picked, version)
				SELECT ?, ?, CURRENT_TIMESTAMP, TRUE, 1""")
			.params("upload@" + this.rootId.id(), new Posting(before.job(), before.revision() + 1).toString())
			.update();
		folder.withClips(2);

		assertThat(this.service.caller().postJob("torn").status()).isEqualTo(500);

		assertThat(this.jobs.get(new JobId("torn")).posting()).isEqualTo(before);
		assertThat(this.database.sql("SELECT COUNT(*) FROM job_file WHERE job_id = 'torn'").query(Long.class).single())
			.isEqualTo(2);
	}

	@Test
	void completionWhenTheGeneratorFailedIsRecordedDuringAHoldAndDuringACancelledRun() {
		JobId id = new JobId("broken");
		JobFolder.create(this.service.root(), "broken", "broken").withClips(1);
		Caller caller = this.service.caller();
		assertThat(caller.postJob("broken").status()).isEqualTo(202);
		Posting posting = this.jobs.get(id).posting();
		OtherProcess other = new OtherProcess(this.claims, this.database);
		other.take(posting, this.service.now());
		assertThat(caller.send(caller.request("/jobs/broken").DELETE()).status()).isEqualTo(200);

		Caller.Answer failed = caller.post("/jobs/broken/completion", "{\"return_code\": 3}");
		assertThat(failed.status()).isEqualTo(200);
		assertThat(failed.json().path("status").asString()).isEqualTo("failed");
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> this.holds.hold(id));
		other.end(posting);

		try (Holds.Hold _ = this.holds.hold(id)) {
			assertThat(caller.post("/jobs/broken/completion", "{\"return_code\": 3}").status()).isEqualTo(200);
		}
	}

}
