package io.clipvault.objects.content;

import java.util.Objects;

import io.clipvault.objects.BucketName;
import io.clipvault.objects.Feature;
import io.clipvault.storage.ObjectKey;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.UploadPartCopyRequest;

/**
 * A copy in progress; the store refuses it if the source has changed since {@code head}.
 */
record Copy(BucketName sourceBucket, ObjectKey source, BucketName bucket, ObjectKey key, CopyRequest request,
		HeadObjectResponse head) {

	/** What the store must be able to do. */
	Feature feature() {
		return (this.request.encryption() != null) ? Feature.ENCRYPTION : Feature.COPIES;
	}

	NewObject object() {
		UserMetadata metadata = (this.request.metadata() != null) ? UserMetadata.of(this.request.metadata())
				: UserMetadata.ofStore(this.head.metadata());
		String contentType = (this.request.contentType() != null) ? this.request.contentType()
				: Objects.requireNonNullElse(this.head.contentType(), "application/octet-stream");
		return new NewObject(contentType, NewObject.ContentHeaders.of(this.head), metadata, placement(), false);
	}

	private NewObject.Placement placement() {
		return new NewObject.Placement(
				Objects.requireNonNullElse(this.request.storageClass(),
						Objects.requireNonNullElse(this.head.storageClassAsString(), "STANDARD")),
				this.request.encryption(), this.request.kmsKeyId());
	}

	CopyObjectRequest wholeRequest() {
		NewObject object = object();
		CopyObjectRequest.Builder copy = CopyObjectRequest.builder()
			.sourceBucket(this.sourceBucket.value())
			.sourceKey(this.source.value())
			.sourceVersionId(this.request.sourceVersionId())
			.copySourceIfMatch(this.head.eTag())
			.destinationBucket(this.bucket.value())
			.destinationKey(this.key.value())
			.storageClass(object.placement().storageClass())
			.serverSideEncryption(object.placement().encryption())
			.ssekmsKeyId(object.placement().kmsKeyId());
		if (!this.request.changes()) {
			return copy.metadataDirective(MetadataDirective.COPY).build();
		}
		return copy.metadataDirective(MetadataDirective.REPLACE)
			.contentType(object.contentType())
			.cacheControl(object.headers().cacheControl())
			.contentDisposition(object.headers().disposition())
			.contentEncoding(object.headers().encoding())
			.contentLanguage(object.headers().language())
			.metadata(object.metadata().toStore())
			.build();
	}

	UploadPartCopyRequest partRequest(String upload, int number, String range) {
		return UploadPartCopyRequest.builder()
			.sourceBucket(this.sourceBucket.value())
			.sourceKey(this.source.value())
			.sourceVersionId(this.request.sourceVersionId())
			.copySourceIfMatch(this.head.eTag())
			.copySourceRange(range)
			.destinationBucket(this.bucket.value())
			.destinationKey(this.key.value())
			.uploadId(upload)
			.partNumber(number)
			.build();
	}

}
