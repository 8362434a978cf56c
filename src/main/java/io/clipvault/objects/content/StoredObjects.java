package io.clipvault.objects.content;

import java.util.Objects;

import io.clipvault.objects.BucketName;
import io.clipvault.objects.Feature;
import io.clipvault.objects.PublicAddresses;
import io.clipvault.objects.StoreCalls;
import io.clipvault.storage.ObjectKey;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** Describes and deletes single objects in the store. */
@Component
class StoredObjects {

	private final S3Client s3;

	private final StoreCalls calls;

	private final PublicAddresses addresses;

	StoredObjects(S3Client s3, StoreCalls calls, PublicAddresses addresses) {
		this.s3 = s3;
		this.calls = calls;
		this.addresses = addresses;
	}

	ObjectDetails details(BucketName bucket, ObjectKey key, @Nullable String versionId) {
		HeadObjectResponse head = head(bucket, key, versionId);
		return new ObjectDetails(bucket.value(), key.value(), head.contentLength(), head.eTag(), head.lastModified(),
				head.contentType(), head.cacheControl(), head.contentDisposition(), head.contentEncoding(),
				head.contentLanguage(), Objects.requireNonNullElse(head.storageClassAsString(), "STANDARD"),
				head.serverSideEncryptionAsString(), head.ssekmsKeyId(), head.versionId(),
				UserMetadata.ofStore(head.metadata()).values(), this.addresses.of(bucket, key.value()));
	}

	HeadObjectResponse head(BucketName bucket, ObjectKey key, @Nullable String versionId) {
		HeadObjectRequest request = HeadObjectRequest.builder()
			.bucket(bucket.value())
			.key(key.value())
			.versionId(versionId)
			.build();
		return this.calls.on(bucket, key.value(), feature(versionId), () -> this.s3.headObject(request));
	}

	void delete(BucketName bucket, ObjectKey key, @Nullable String versionId) {
		this.calls.on(bucket, key.value(), feature(versionId), () -> this.s3
			.deleteObject((request) -> request.bucket(bucket.value()).key(key.value()).versionId(versionId)));
	}

	private static Feature feature(@Nullable String versionId) {
		return (versionId == null) ? Feature.OBJECTS : Feature.VERSIONS;
	}

}
