package io.clipvault.jobs.transfer;

import java.util.Map;

import io.clipvault.layouts.ArtifactHeaders;
import io.clipvault.storage.PlacementSettings;
import io.clipvault.storage.Store;
import org.springframework.stereotype.Component;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/** Builds the requests that create a job's objects, whole or in parts. */
@Component
class ObjectHeaders {

	private final Store store;

	private final PlacementSettings placement;

	ObjectHeaders(Store store, PlacementSettings placement) {
		this.store = store;
		this.placement = placement;
	}

	PutObjectRequest put(Sending sending) {
		return PutObjectRequest.builder()
			.bucket(this.store.bucket())
			.key(sending.artifact().key())
			.contentType(sending.artifact().name().contentType())
			.metadata(metadata(sending))
			.storageClass(this.placement.storageClass())
			.serverSideEncryption(this.placement.encryption())
			.ssekmsKeyId(this.placement.kmsKey())
			.overrideConfiguration(
					(request) -> request.putHeader(Store.CONTENT_SHA256, sending.digest().parts().getFirst()))
			.build();
	}

	CreateMultipartUploadRequest multipart(Sending sending) {
		return CreateMultipartUploadRequest.builder()
			.bucket(this.store.bucket())
			.key(sending.artifact().key())
			.contentType(sending.artifact().name().contentType())
			.metadata(metadata(sending))
			.storageClass(this.placement.storageClass())
			.serverSideEncryption(this.placement.encryption())
			.ssekmsKeyId(this.placement.kmsKey())
			.build();
	}

	private static Map<String, String> metadata(Sending sending) {
		Map<String, String> metadata = ArtifactHeaders.of(sending.job(), sending.artifact().name());
		metadata.put(ArtifactHeaders.DIGEST, sending.digest().text());
		return metadata;
	}

}
