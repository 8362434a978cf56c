package io.clipvault.jobs.transfer;

import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.clipvault.jobs.JobStatus;
import io.clipvault.jobs.folders.Artifact;
import io.clipvault.jobs.folders.ContentDigest;
import io.clipvault.jobs.folders.FileState;
import io.clipvault.jobs.folders.JobDirectory;
import io.clipvault.jobs.folders.RootedFile;
import io.clipvault.jobs.ledger.Claim;
import io.clipvault.jobs.ledger.Job;
import io.clipvault.jobs.ledger.JobFile;
import io.clipvault.jobs.ledger.JobFiles;
import io.clipvault.kit.MutableClock;
import io.clipvault.layouts.ArtifactName;
import io.clipvault.layouts.JobId;
import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;
import org.mockito.InOrder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.willAnswer;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.atLeastOnce;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;

class UploadRunTests {

	private static final JobId JOB = new JobId("talk");

	private static final Claim CLAIM = new Claim(JOB, 1);

	private static final Artifact FIRST = artifact("talk_clip_1.mp4");

	private static final Artifact SECOND = artifact("talk_clip_2.mp4");

	private static final Artifact METADATA = artifact("talk_metadata.json");

	private static final ContentDigest DIGEST = new ContentDigest(10, ContentDigest.WHOLE, List.of("00"));

	private final JobFiles files = mock();

	private final JobDirectory directories = mock();

	private final ArtifactUploader uploader = mock();

	private final UnfinishedUploads unfinished = mock();

	private final MutableClock clock = new MutableClock(Instant.EPOCH);

	private final UploadRun run = new UploadRun(this.files, this.directories, this.uploader, this.unfinished,
			new FileEnds(this.files, new SimpleMeterRegistry(), this.clock));

	private static Artifact artifact(String name) {
		return new Artifact(new ArtifactName(name), new RootedFile(Path.of(""), Path.of(name)), "talk/" + name, 10);
	}

	@BeforeEach
	void everythingArrives() {
		given(this.directories.isRootPresent()).willReturn(true);
		given(this.uploader.present(JOB)).willReturn(Map.of(SECOND.key(), 10L));
		given(this.uploader.parallelFiles()).willReturn(1);
		for (Artifact artifact : List.of(FIRST, SECOND, METADATA)) {
			given(this.directories.artifact("talk", artifact.fileName(), artifact.key(), 10)).willReturn(artifact);
			given(this.uploader.upload(eq(CLAIM), eq(artifact), any()))
				.willReturn(CompletableFuture.completedFuture(DIGEST));
		}
	}

	private static JobFile file(Artifact artifact, JobStatus status) {
		return new JobFile(artifact.fileName(), artifact.key(), artifact.size(), status, 0, null);
	}

	private UploadOutcome uploaded(JobStatus firstClip) {
		List<JobFile> files = List.of(file(FIRST, firstClip), file(SECOND, JobStatus.QUEUED),
				file(METADATA, JobStatus.QUEUED));
		given(this.files.of(JOB)).willReturn(files);
		return this.run.upload(CLAIM, new Job(JOB, "talk", 1, JobStatus.UPLOADING, new Job.Counts(0, 3, 0, 30), 1, null,
				Instant.EPOCH, null, null, null, null, null));
	}

	private void failing(Artifact artifact, RuntimeException failure) {
		given(this.uploader.upload(eq(CLAIM), eq(artifact), any())).willReturn(CompletableFuture.failedFuture(failure));
	}

	@Test
	void uploadWhenTheJobsRootIsAwayWaitsForIt() {
		given(this.directories.isRootPresent()).willReturn(false);
		assertThat(this.run.upload(CLAIM, mock())).isInstanceOf(UploadOutcome.Postponed.class);
		verifyNoInteractions(this.uploader, this.unfinished);
	}

	@Test
	void uploadWhenTheJobsRootIsAwayForAMomentWaitsForItToo() {
		given(this.directories.isRootPresent()).willReturn(true, false, true);
		failing(FIRST, new FileState.Unusable(new NoSuchFileException("talk_clip_1.mp4")));
		assertThat(uploaded(JobStatus.QUEUED)).isInstanceOf(UploadOutcome.Postponed.class);
		assertThat(written()).singleElement().extracting(JobFiles.End::status).isEqualTo(JobStatus.QUEUED);
	}

	@Test
	void uploadWhenEverythingArrivesSendsMetadataAfterEveryClip() {
		assertThat(uploaded(JobStatus.QUEUED)).isEqualTo(new UploadOutcome.Done());
		InOrder order = inOrder(this.uploader, this.files);
		order.verify(this.uploader).upload(CLAIM, FIRST, null);
		order.verify(this.uploader).upload(CLAIM, SECOND, 10L);
		order.verify(this.uploader).upload(CLAIM, METADATA, null);
		assertThat(written()).containsExactly(completed(FIRST), completed(SECOND), completed(METADATA));
	}

	@Test
	void uploadWhenAFileIsSentInPartsAbortsUnknownUploadsAtTheEnd() {
		given(this.uploader.goesInParts(file(FIRST, JobStatus.QUEUED))).willReturn(true);
		uploaded(JobStatus.QUEUED);
		InOrder order = inOrder(this.uploader, this.unfinished);
		order.verify(this.unfinished).abortUnknown(CLAIM);
		order.verify(this.uploader).upload(CLAIM, METADATA, null);
		order.verify(this.unfinished).abortUnknown(CLAIM);
	}

	@Test
	void uploadWhenAnEarlierRunSentAFileLeavesItAlone() {
		given(this.uploader.present(JOB)).willReturn(Map.of(FIRST.key(), 10L));
		assertThat(uploaded(JobStatus.COMPLETED)).isEqualTo(new UploadOutcome.Done());
		verify(this.uploader, never()).upload(eq(CLAIM), eq(FIRST), any());
	}

	@Test
	void uploadWhenTheBucketLostAFileThatAnEarlierRunSentSendsItAgain() {
		given(this.uploader.present(JOB)).willReturn(Map.of(FIRST.key(), 9L));
		assertThat(uploaded(JobStatus.COMPLETED)).isEqualTo(new UploadOutcome.Done());
		verify(this.files).sendAgain(CLAIM, List.of(file(FIRST, JobStatus.COMPLETED)));
		verify(this.uploader).upload(CLAIM, FIRST, 9L);
	}

	@Test
	void uploadWhenOneFileIsUnusableSendsTheOthersButNotTheMetadata() {
		failing(FIRST, new Problem(ProblemType.UNUSABLE_FILE_NAME, "It is too long."));
		assertThat(uploaded(JobStatus.QUEUED))
			.isEqualTo(new UploadOutcome.Failed("talk_clip_1.mp4: It is too long.", true));
		verify(this.uploader).upload(CLAIM, SECOND, 10L);
		verify(this.uploader, never()).upload(eq(CLAIM), eq(METADATA), any());
	}

	@Test
	void uploadWhenAFailureMayPassIsPostponedAndSendsNothingMore() {
		failing(FIRST, new IllegalStateException("boom"));
		assertThat(uploaded(JobStatus.QUEUED)).isInstanceOfSatisfying(UploadOutcome.Postponed.class,
				(postponed) -> assertThat(postponed.why()).contains("unexpected failure", "boom"));
		verify(this.uploader, never()).upload(eq(CLAIM), eq(SECOND), any());
		assertThat(written()).singleElement().extracting(JobFiles.End::status).isEqualTo(JobStatus.QUEUED);
	}

	@Test
	void uploadWhenTheClaimIsGoneWritesNothingMore() {
		failing(SECOND, mock(Claim.Lost.class));
		assertThat(uploaded(JobStatus.QUEUED)).isEqualTo(new UploadOutcome.Lost());
		verify(this.uploader, never()).upload(eq(CLAIM), eq(METADATA), any());
		verify(this.files, never()).end(any(), any());
	}

	@Test
	void uploadWhenTheClaimIsFoundGoneAtTheWriteIsLost() {
		willThrow(Claim.Lost.class).given(this.files).end(any(), any());
		assertThat(uploaded(JobStatus.QUEUED)).isEqualTo(new UploadOutcome.Lost());
	}

	@Test
	void uploadWhenFilesEndTogetherWritesThemTogether() {
		uploaded(JobStatus.QUEUED);
		verify(this.files).end(any(), any());
	}

	@Test
	void uploadWhenTheClockWasSetBackWritesTheEndsAtOnce() {
		given(this.uploader.upload(eq(CLAIM), eq(SECOND), any())).willAnswer((call) -> {
			this.clock.advance(Duration.ofHours(-1));
			return CompletableFuture.completedFuture(DIGEST);
		});
		uploaded(JobStatus.QUEUED);
		verify(this.files).end(CLAIM, List.of(completed(FIRST), completed(SECOND)));
	}

	@Test
	void uploadWhenAFileTakesLongWritesTheOthersMeanwhile() throws InterruptedException {
		given(this.uploader.parallelFiles()).willReturn(2);
		CompletableFuture<ContentDigest> slow = new CompletableFuture<>();
		given(this.uploader.upload(eq(CLAIM), eq(SECOND), any())).willReturn(slow);
		CountDownLatch firstWritten = new CountDownLatch(1);
		willAnswer((write) -> {
			firstWritten.countDown();
			return null;
		}).given(this.files).end(CLAIM, List.of(completed(FIRST)));
		CompletableFuture<UploadOutcome> run = CompletableFuture.supplyAsync(() -> uploaded(JobStatus.QUEUED));
		assertThat(firstWritten.await(10, TimeUnit.SECONDS)).isTrue();
		slow.complete(DIGEST);
		assertThat(run.join()).isEqualTo(new UploadOutcome.Done());
	}

	private static JobFiles.End completed(Artifact artifact) {
		return new JobFiles.End(artifact.fileName(), JobStatus.COMPLETED, DIGEST, null);
	}

	@SuppressWarnings("unchecked")
	private List<JobFiles.End> written() {
		ArgumentCaptor<List<JobFiles.End>> writes = ArgumentCaptor.forClass(List.class);
		verify(this.files, atLeastOnce()).end(eq(CLAIM), writes.capture());
		return writes.getAllValues().stream().flatMap(List::stream).toList();
	}

}
