package io.clipvault.jobs;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;

import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * Works on a job once: its clips first, and the metadata that shows them last. What an
 * earlier run has done is not done again.
 */
@Component
class UploadRun {

	private static final Logger log = LoggerFactory.getLogger(UploadRun.class);

	private final Claims claims;

	private final JobDirectory directories;

	private final ArtifactUploader uploader;

	private final Tidying tidying;

	private final MeterRegistry meters;

	UploadRun(Claims claims, JobDirectory directories, ArtifactUploader uploader, Tidying tidying,
			MeterRegistry meters) {
		this.claims = claims;
		this.directories = directories;
		this.uploader = uploader;
		this.tidying = tidying;
		this.meters = meters;
	}

	/** Sends what is missing of a job, and says what is left to do. */
	UploadOutcome upload(Claim claim, Job job) {
		try {
			boolean begun = this.tidying.abortUnknown(claim);
			UploadOutcome outcome = sent(claim, job, this.uploader.present(claim.job()));
			if (outcome instanceof UploadOutcome.Done && (begun || files(job).anyMatch(this.uploader::goesInParts))) {
				boolean _ = this.tidying.abortUnknown(claim);
			}
			return outcome;
		}
		catch (RuntimeException failure) {
			return UploadOutcome.of(failure);
		}
	}

	private static Stream<JobFile> files(Job job) {
		return Objects.requireNonNull(job.files()).stream();
	}

	private UploadOutcome sent(Claim claim, Job job, Map<String, Long> stored) {
		List<JobFile> open = files(job).filter((file) -> file.status() != JobStatus.COMPLETED).toList();
		log.info("Job {}: uploading {} files.", claim.job(), open.size());
		UploadOutcome clips = sent(claim, job, open.stream().filter((file) -> !isMetadata(file)).toList(), stored);
		return (clips instanceof UploadOutcome.Done)
				? sent(claim, job, open.stream().filter(UploadRun::isMetadata).toList(), stored) : clips;
	}

	private static boolean isMetadata(JobFile file) {
		return Artifact.isMetadata(file.name());
	}

	/**
	 * Sends files side by side. One that cannot be read fails alone; a store that does
	 * not take them ends it for all.
	 */
	private UploadOutcome sent(Claim claim, Job job, List<JobFile> files, Map<String, Long> stored) {
		Semaphore open = new Semaphore(this.uploader.parallelFiles());
		Map<JobFile, CompletableFuture<UploadOutcome>> uploads = new LinkedHashMap<>();
		for (JobFile file : files) {
			open.acquireUninterruptibly();
			if (uploads.values().stream().anyMatch(UploadRun::endsAll)) {
				break;
			}
			uploads.put(file, started(claim, job, file, stored.get(file.key())).handle((digest, failure) -> {
				open.release();
				return outcome(claim, file, digest, failure);
			}));
		}
		return uploads.values()
			.stream()
			.map(CompletableFuture::join)
			.reduce(new UploadOutcome.Done(), UploadOutcome::and);
	}

	private static boolean endsAll(CompletableFuture<UploadOutcome> upload) {
		return upload.isDone() && upload.join().endsAll();
	}

	private CompletableFuture<ContentDigest> started(Claim claim, Job job, JobFile file, @Nullable Long stored) {
		try {
			Artifact artifact = this.directories.artifact(job.directory(), file);
			return this.uploader.upload(claim, artifact, stored);
		}
		catch (RuntimeException failure) {
			return CompletableFuture.failedFuture(failure);
		}
	}

	private UploadOutcome outcome(Claim claim, JobFile file, @Nullable ContentDigest digest,
			@Nullable Throwable failure) {
		UploadOutcome outcome = (failure == null) ? new UploadOutcome.Done() : UploadOutcome.of(file.name(), failure);
		try {
			switch (outcome) {
				case UploadOutcome.Done _ ->
					this.claims.fileEnded(claim, file.name(), JobStatus.COMPLETED, digest, null);
				case UploadOutcome.Failed failed ->
					this.claims.fileEnded(claim, file.name(), JobStatus.FAILED, null, failed.why());
				case UploadOutcome.Postponed postponed ->
					this.claims.fileEnded(claim, file.name(), JobStatus.QUEUED, null, postponed.why());
				case UploadOutcome.Lost _, UploadOutcome.Stopping _ -> {
					// Nothing more may or need be written.
				}
			}
		}
		catch (RuntimeException unwritten) {
			return UploadOutcome.of(unwritten);
		}
		if (failure != null) {
			log.warn("Job {}: {} was not uploaded.", claim.job(), file.name(), failure);
		}
		this.meters.counter("clipvault.upload.files", "outcome", outcome.word()).increment();
		return outcome;
	}

}
