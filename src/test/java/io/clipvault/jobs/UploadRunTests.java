package io.clipvault.jobs;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.clipvault.kit.MutableClock;
import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import io.clipvault.storage.JobId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.mockito.InOrder;

import org.springframework.context.ApplicationEventPublisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;

class UploadRunTests {

	private static final JobId JOB = new JobId("talk");

	private static final Artifact CLIP = artifact("talk_clip_1.mp4");

	private static final Artifact METADATA = artifact("talk_metadata.json");

	private final Jobs jobs = new Jobs(new MutableClock(Instant.EPOCH));

	private final ArtifactUploader uploader = mock();

	private final ApplicationEventPublisher events = mock();

	private final UploadRun run = new UploadRun(this.jobs, this.uploader, this.events, new SimpleMeterRegistry());

	private static Artifact artifact(String name) {
		return new Artifact(name, Path.of(name), "talk/" + name, 10);
	}

	private Job uploaded(CompletableFuture<Void> clip) {
		given(this.uploader.upload(JOB, CLIP)).willReturn(clip);
		given(this.uploader.upload(JOB, METADATA)).willReturn(CompletableFuture.completedFuture(null));
		List<Artifact> artifacts = List.of(CLIP, METADATA);
		this.jobs.enter(this.jobs.queued(JOB, "talk", artifacts));
		this.run.upload(JOB, artifacts);
		return this.jobs.get(JOB);
	}

	@Test
	void uploadSendsMetadataAfterEveryClipAndThenPublishesTheJob() {
		Job job = uploaded(CompletableFuture.completedFuture(null));

		assertThat(job.status()).isEqualTo(JobStatus.COMPLETED);
		assertThat(job.getBytesDone()).isEqualTo(20);
		InOrder order = inOrder(this.uploader, this.events);
		order.verify(this.uploader).upload(JOB, CLIP);
		order.verify(this.uploader).upload(JOB, METADATA);
		order.verify(this.events).publishEvent(new JobPublished(JOB));
	}

	@Test
	void uploadWhenAClipFailsNeverSendsTheMetadata() {
		Job job = uploaded(CompletableFuture
			.failedFuture(new Problem(ProblemType.STORE_REFUSED, "The bucket 'clips' does not exist.")));

		assertThat(job.status()).isEqualTo(JobStatus.FAILED);
		assertThat(job.error()).isEqualTo("talk_clip_1.mp4: The bucket 'clips' does not exist.");
		assertThat(job.files()).extracting(JobFile::status).containsExactly(JobStatus.FAILED, JobStatus.QUEUED);
		verify(this.uploader, never()).upload(JOB, METADATA);
		verifyNoInteractions(this.events);
	}

	@Test
	void uploadWhenAnUnexpectedFailureHappensStillEndsTheJob() {
		Job job = uploaded(CompletableFuture.failedFuture(new IllegalStateException("boom")));

		assertThat(job.status()).isEqualTo(JobStatus.FAILED);
		assertThat(job.error()).contains("unexpected failure");
		verify(this.events, never()).publishEvent(any(Object.class));
	}

}
