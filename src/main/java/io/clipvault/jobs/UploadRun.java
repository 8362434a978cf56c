package io.clipvault.jobs;

import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import io.clipvault.problems.Problem;
import io.clipvault.storage.JobId;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.scheduling.annotation.Async;
import org.springframework.stereotype.Component;

/** Uploads a job: its clips first, and the metadata that shows them last. */
@Component
class UploadRun {

	private static final Logger log = LoggerFactory.getLogger(UploadRun.class);

	private final Jobs jobs;

	private final ArtifactUploader uploader;

	private final ApplicationEventPublisher events;

	private final MeterRegistry meters;

	UploadRun(Jobs jobs, ArtifactUploader uploader, ApplicationEventPublisher events, MeterRegistry meters) {
		this.jobs = jobs;
		this.uploader = uploader;
		this.events = events;
		this.meters = meters;
	}

	@Async(UploadExecutors.JOBS)
	void upload(JobId job, List<Artifact> artifacts) {
		this.jobs.started(job);
		log.info("Job {}: uploading {} files.", job, artifacts.size());
		List<Artifact> clips = artifacts.stream().filter((artifact) -> !artifact.isMetadata()).toList();
		List<Artifact> metadata = artifacts.stream().filter(Artifact::isMetadata).toList();
		if (sent(job, clips) && sent(job, metadata)) {
			log.info("Job {}: completed.", job);
			this.events.publishEvent(new JobPublished(job));
			this.jobs.ended(job, JobStatus.COMPLETED, null);
		}
	}

	/**
	 * Sends files side by side; when one fails the others still end, and then the job
	 * fails.
	 */
	private boolean sent(JobId job, List<Artifact> artifacts) {
		Map<Artifact, CompletableFuture<Void>> uploads = new LinkedHashMap<>();
		for (Artifact artifact : artifacts) {
			this.jobs.file(job, artifact.fileName(), JobStatus.UPLOADING, null);
			uploads.put(artifact, this.uploader.upload(job, artifact));
		}
		int failed = 0;
		String reason = "";
		for (Map.Entry<Artifact, CompletableFuture<Void>> upload : uploads.entrySet()) {
			String file = upload.getKey().fileName();
			String failure = outcome(job, file, upload.getValue());
			this.jobs.file(job, file, failure.isEmpty() ? JobStatus.COMPLETED : JobStatus.FAILED,
					failure.isEmpty() ? null : failure);
			this.meters.counter("clipvault.upload.files", "outcome", failure.isEmpty() ? "completed" : "failed")
				.increment();
			if (!failure.isEmpty()) {
				failed++;
				reason = reason.isEmpty() ? file + ": " + failure : reason;
			}
		}
		if (failed > 0) {
			this.jobs.ended(job, JobStatus.FAILED,
					(failed == 1) ? reason : "%d files failed, the first is %s".formatted(failed, reason));
		}
		return failed == 0;
	}

	private static String outcome(JobId job, String file, CompletableFuture<Void> upload) {
		try {
			upload.join();
			return "";
		}
		catch (CompletionException failure) {
			Throwable cause = (failure.getCause() != null) ? failure.getCause() : failure;
			log.warn("Job {}: {} failed.", job, file, cause);
			return switch (cause) {
				case Problem problem -> problem.detail();
				case UncheckedIOException unreadable ->
					"The file could not be read (%s): check it, then post the job again."
						.formatted(unreadable.getMessage());
				default -> "An unexpected failure (%s): see the log, then post the job again.".formatted(cause);
			};
		}
	}

}
