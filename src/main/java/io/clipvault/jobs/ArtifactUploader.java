package io.clipvault.jobs;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.clipvault.storage.JobId;
import io.clipvault.storage.Store;
import io.micrometer.core.instrument.MeterRegistry;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

import org.springframework.scheduling.annotation.Async;
import org.springframework.stereotype.Component;

/** Sends one file to the bucket. */
@Component
class ArtifactUploader {

	private final S3Client s3;

	private final Store store;

	private final MeterRegistry meters;

	ArtifactUploader(S3Client s3, Store store, MeterRegistry meters) {
		this.s3 = s3;
		this.store = store;
		this.meters = meters;
	}

	@Async(UploadExecutors.FILES)
	CompletableFuture<Void> upload(JobId job, Artifact artifact) {
		PutObjectRequest request = PutObjectRequest.builder()
			.bucket(this.store.bucket())
			.key(artifact.key())
			.contentType(artifact.contentType())
			.metadata(metadata(job, artifact))
			.build();
		this.store.call(() -> this.s3.putObject(request, RequestBody.fromFile(artifact.file())));
		this.meters.counter("clipvault.upload.bytes").increment((double) artifact.size());
		return CompletableFuture.completedFuture(null);
	}

	private static Map<String, String> metadata(JobId job, Artifact artifact) {
		Map<String, String> metadata = new HashMap<>();
		metadata.put("job-id", job.value());
		metadata.put("created-by", "clipvault");
		artifact.clipIndex().ifPresent((index) -> metadata.put("clip-index", Integer.toString(index)));
		return metadata;
	}

}
