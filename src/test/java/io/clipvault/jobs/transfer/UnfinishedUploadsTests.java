package io.clipvault.jobs.transfer;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.clipvault.jobs.JobEnded;
import io.clipvault.jobs.JobStatus;
import io.clipvault.jobs.Posting;
import io.clipvault.jobs.ledger.Claim;
import io.clipvault.jobs.ledger.Claims;
import io.clipvault.jobs.ledger.PartRows;
import io.clipvault.jobs.ledger.UntidyJobs;
import io.clipvault.kit.PlainTransactions;
import io.clipvault.layouts.JobId;
import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.context.support.GenericApplicationContext;
import org.springframework.context.annotation.AnnotationConfigUtils;
import org.springframework.transaction.event.TransactionalEventListenerFactory;
import org.springframework.transaction.support.TransactionTemplate;

import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;

class UnfinishedUploadsTests {

	private static final JobId JOB = new JobId("talk");

	private final UntidyJobs untidy = mock();

	private final TransactionTemplate transaction = new TransactionTemplate(new PlainTransactions());

	private final JobObjects objects = mock();

	private final Claims claims = mock();

	private final PartRows parts = mock();

	private final GenericApplicationContext context = new GenericApplicationContext();

	UnfinishedUploadsTests() {
		AnnotationConfigUtils.registerAnnotationConfigProcessors(this.context);
		this.context.registerBean(TransactionalEventListenerFactory.class);
		this.context.registerBean(UnfinishedUploads.class,
				() -> new UnfinishedUploads(this.objects, this.claims, this.untidy, this.parts, mock()));
		this.context.refresh();
	}

	@AfterEach
	void close() {
		this.context.close();
	}

	@ParameterizedTest
	@EnumSource(value = JobStatus.class, names = { "FAILED", "CANCELLED" })
	void abortAfterWhenTheEndIsCommittedLooksForUploads(JobStatus status) {
		this.transaction.executeWithoutResult((end) -> {
			publish(status);
			verifyNoInteractions(this.untidy);
		});
		verify(this.untidy).claim(JOB);
	}

	@Test
	void abortAfterWhenTheEndIsRolledBackAbortsNothing() {
		this.transaction.executeWithoutResult((end) -> {
			publish(JobStatus.CANCELLED);
			end.setRollbackOnly();
		});
		verifyNoInteractions(this.untidy);
	}

	@Test
	void abortAfterWhenTheJobIsCompletedAbortsNothing() {
		this.transaction.executeWithoutResult((end) -> publish(JobStatus.COMPLETED));
		verifyNoInteractions(this.untidy);
	}

	@Test
	void abortAfterWhenTheStoreListsOnlyByKeyAbortsWhatTheRowsKnow() {
		Claim claim = new Claim(JOB, 3);
		given(this.untidy.claim(JOB)).willReturn(Optional.of(claim));
		given(this.claims.isHeld(claim)).willReturn(true);
		given(this.parts.uploads(JOB)).willReturn(Map.of("talk_clip_1.mp4", "upload-1"));
		given(this.objects.key(JOB, "talk_clip_1.mp4")).willReturn("talk/talk_clip_1.mp4");
		given(this.objects.unfinished(JOB)).willReturn(Map.of());

		this.transaction.executeWithoutResult((end) -> publish(JobStatus.CANCELLED));

		verify(this.objects).abort("talk/talk_clip_1.mp4", "upload-1");
	}

	@Test
	void abortAllWhenTheStoreRefusesOneJobForEverCleansUpAfterTheOthers() {
		JobId last = new JobId("unlucky");
		given(this.untidy.all()).willReturn(List.of(JOB, last));
		given(this.untidy.claim(JOB)).willThrow(new Problem(ProblemType.STORE_REFUSED, "No."));
		UnfinishedUploads uploads = this.context.getBean(UnfinishedUploads.class);
		uploads.abortAll();
		verify(this.untidy, never()).claim(last);
		uploads.abortAll();
		verify(this.untidy).claim(last);
		verify(this.untidy, times(2)).claim(JOB);
	}

	private void publish(JobStatus status) {
		this.context.publishEvent(new JobEnded(new Posting(JOB, 1), status));
	}

}
