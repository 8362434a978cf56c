package io.clipvault.jobs;

import java.util.HashMap;
import java.util.Map;

import io.clipvault.layouts.JobId;
import org.springframework.stereotype.Component;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/** What every object of a job carries, however it is sent. */
@Component
class ObjectHeaders {

	/** The user metadata that says what the object holds. */
	static final String DIGEST = "sha256";

	private final UploadSettings settings;

	ObjectHeaders(UploadSettings settings) {
		this.settings = settings;
	}

	PutObjectRequest.Builder put(JobId job, Artifact artifact, ContentDigest digest) {
		return PutObjectRequest.builder()
			.contentType(artifact.contentType())
			.metadata(metadata(job, artifact, digest))
			.storageClass(this.settings.storageClass())
			.serverSideEncryption(this.settings.encryption())
			.ssekmsKeyId(this.settings.kmsKey());
	}

	CreateMultipartUploadRequest.Builder multipart(JobId job, Artifact artifact, ContentDigest digest) {
		return CreateMultipartUploadRequest.builder()
			.contentType(artifact.contentType())
			.metadata(metadata(job, artifact, digest))
			.storageClass(this.settings.storageClass())
			.serverSideEncryption(this.settings.encryption())
			.ssekmsKeyId(this.settings.kmsKey());
	}

	private static Map<String, String> metadata(JobId job, Artifact artifact, ContentDigest digest) {
		Map<String, String> metadata = new HashMap<>();
		metadata.put("job-id", job.value());
		metadata.put("created-by", "clipvault");
		metadata.put(DIGEST, digest.text());
		artifact.clipIndex().ifPresent((index) -> metadata.put("clip-index", Integer.toString(index)));
		return metadata;
	}

}
