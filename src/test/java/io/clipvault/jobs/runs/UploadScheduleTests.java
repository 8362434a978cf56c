package io.clipvault.jobs.runs;

import java.time.Instant;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import io.clipvault.jobs.Posting;
import io.clipvault.jobs.folders.RootId;
import io.clipvault.kit.MutableClock;
import io.clipvault.kit.PlainTransactions;
import io.clipvault.layouts.JobId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

class UploadScheduleTests {

	private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

	private static final Posting POSTING = new Posting(new JobId("talk"), 2);

	private final Scheduler scheduler = mock();

	private final RootId root = mock();

	private final UploadSchedule schedule = new UploadSchedule(this.scheduler, this.root, new MutableClock(NOW),
			mock());

	private final TransactionTemplate transaction = new TransactionTemplate(new PlainTransactions());

	@BeforeEach
	void newPosting() {
		given(this.root.id()).willReturn("here");
		given(this.scheduler.scheduleIfNotExists(any(), any())).willReturn(true);
	}

	@Test
	void addMakesThePostingDueNowAndTriggersACheckAfterTheCommit() {
		this.transaction.executeWithoutResult((status) -> {
			this.schedule.add(POSTING);
			verify(this.scheduler).scheduleIfNotExists(new TaskInstance<>("upload@here", "talk/2"), NOW);
			verify(this.scheduler, never()).triggerCheckForDueExecutions();
		});
		verify(this.scheduler).triggerCheckForDueExecutions();
	}

	@Test
	void addWhenTheTransactionRollsBackTriggersNoCheck() {
		this.transaction.executeWithoutResult((status) -> {
			this.schedule.add(POSTING);
			status.setRollbackOnly();
		});
		verify(this.scheduler, never()).triggerCheckForDueExecutions();
	}

	@Test
	void addWhenThePostingIsInTheScheduleAlreadyFails() {
		given(this.scheduler.scheduleIfNotExists(any(), any())).willReturn(false);
		assertThatIllegalStateException()
			.isThrownBy(() -> this.transaction.executeWithoutResult((status) -> this.schedule.add(POSTING)))
			.withMessageContaining("talk/2");
		verify(this.scheduler, never()).triggerCheckForDueExecutions();
	}

}
