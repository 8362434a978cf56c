package io.clipvault.jobs.transfer;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import io.clipvault.jobs.JobStatus;
import io.clipvault.jobs.folders.Artifact;
import io.clipvault.jobs.folders.ContentDigest;
import io.clipvault.jobs.folders.FileState;
import io.clipvault.jobs.folders.JobDirectory;
import io.clipvault.jobs.ledger.Claim;
import io.clipvault.jobs.ledger.Job;
import io.clipvault.jobs.ledger.JobFile;
import io.clipvault.jobs.ledger.JobFiles;
import io.clipvault.layouts.ArtifactName;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * One run over a job: clips first, then the metadata that makes the gallery show them.
 * Files that an earlier run has sent, and that the bucket still has, are skipped.
 */
@Component
public class UploadRun {

	private static final Logger log = LoggerFactory.getLogger(UploadRun.class);

	private final JobFiles files;

	private final JobDirectory directories;

	private final ArtifactUploader uploader;

	private final UnfinishedUploads unfinished;

	private final FileEnds ends;

	UploadRun(JobFiles files, JobDirectory directories, ArtifactUploader uploader, UnfinishedUploads unfinished,
			FileEnds ends) {
		this.files = files;
		this.directories = directories;
		this.uploader = uploader;
		this.unfinished = unfinished;
		this.ends = ends;
	}

	/** Sends what is missing of a job. */
	public UploadOutcome upload(Claim claim, Job job) {
		return this.directories.isRootPresent() ? send(claim, job) : UploadOutcome.of(FileState.Unusable.withoutRoot());
	}

	private UploadOutcome send(Claim claim, Job job) {
		try {
			boolean resuming = this.unfinished.abortUnknown(claim);
			List<JobFile> files = this.files.of(job.id());
			UploadOutcome outcome = send(claim, job, files, this.uploader.present(job.id()));
			if (outcome instanceof UploadOutcome.Done
					&& (resuming || files.stream().anyMatch(this.uploader::goesInParts))) {
				boolean _ = this.unfinished.abortUnknown(claim);
			}
			return outcome;
		}
		catch (RuntimeException failure) {
			return UploadOutcome.of(failure);
		}
	}

	private UploadOutcome send(Claim claim, Job job, List<JobFile> files, Map<String, Long> stored) {
		List<JobFile> lost = files.stream()
			.filter((file) -> file.status() == JobStatus.COMPLETED && !isStored(file, stored))
			.toList();
		if (!lost.isEmpty()) {
			log.warn("Job {}: the bucket lacks {} files that an earlier run has sent: they are sent again.", job.id(),
					lost.size());
			this.files.sendAgain(claim, lost);
		}
		List<JobFile> open = files.stream()
			.filter((file) -> file.status() != JobStatus.COMPLETED || !isStored(file, stored))
			.toList();
		log.info("Job {}: uploading {} files.", job.id(), open.size());
		FilesInFlight inFlight = new FilesInFlight(claim, this.ends, this.uploader.parallelFiles(),
				job.counts().bytesTotal());
		send(inFlight, claim, job, open.stream().filter((file) -> !isMetadata(file)), stored);
		if (inFlight.outcome() instanceof UploadOutcome.Done) {
			send(inFlight, claim, job, open.stream().filter(UploadRun::isMetadata), stored);
		}
		inFlight.flush();
		return inFlight.outcome();
	}

	private static boolean isStored(JobFile file, Map<String, Long> stored) {
		return Long.valueOf(file.size()).equals(stored.get(file.key()));
	}

	private static boolean isMetadata(JobFile file) {
		return new ArtifactName(file.name()).isMetadata();
	}

	/**
	 * Sends files in parallel. An unreadable file fails alone; a store that refuses ends
	 * the run for all.
	 */
	private void send(FilesInFlight inFlight, Claim claim, Job job, Stream<JobFile> files, Map<String, Long> stored) {
		files.takeWhile((file) -> inFlight.awaitRoom())
			.forEach((file) -> inFlight.add(file, start(claim, job, file, stored.get(file.key()))));
		inFlight.awaitAll();
	}

	private CompletableFuture<ContentDigest> start(Claim claim, Job job, JobFile file, @Nullable Long stored) {
		try {
			Artifact artifact = this.directories.artifact(job.directory(), file.name(), file.key(), file.size());
			return this.uploader.upload(claim, artifact, stored)
				.exceptionallyCompose((failure) -> CompletableFuture.failedFuture(reason(failure)));
		}
		catch (RuntimeException failure) {
			return CompletableFuture.failedFuture(reason(failure));
		}
	}

	/**
	 * While the jobs root is away, its files have not vanished. Asked at once, because a
	 * remount takes seconds and the run goes on for hours.
	 */
	private Throwable reason(Throwable failure) {
		return (UploadOutcome.of(failure) instanceof UploadOutcome.Failed failed && failed.inFiles()
				&& !this.directories.isRootPresent()) ? FileState.Unusable.withoutRoot() : failure;
	}

}
