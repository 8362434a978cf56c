package io.clipvault.jobs;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
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

	private final Clock clock;

	UploadRun(Claims claims, JobDirectory directories, ArtifactUploader uploader, Tidying tidying, MeterRegistry meters,
			Clock clock) {
		this.claims = claims;
		this.directories = directories;
		this.uploader = uploader;
		this.tidying = tidying;
		this.meters = meters;
		this.clock = clock;
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
		FilesUnderWay underWay = new FilesUnderWay(claim, this.claims, this.meters, this.clock,
				this.uploader.parallelFiles(), job.bytesTotal());
		send(underWay, claim, job, open.stream().filter((file) -> !isMetadata(file)), stored);
		if (underWay.outcome() instanceof UploadOutcome.Done) {
			send(underWay, claim, job, open.stream().filter(UploadRun::isMetadata), stored);
		}
		underWay.write();
		return underWay.outcome();
	}

	private static boolean isMetadata(JobFile file) {
		return Artifact.isMetadata(file.name());
	}

	/**
	 * Sends files side by side. One that cannot be read fails alone; a store that does
	 * not take them ends it for all.
	 */
	private void send(FilesUnderWay underWay, Claim claim, Job job, Stream<JobFile> files, Map<String, Long> stored) {
		files.takeWhile((file) -> underWay.awaitRoom())
			.forEach((file) -> underWay.add(file, started(claim, job, file, stored.get(file.key()))));
		underWay.awaitAll();
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

}
