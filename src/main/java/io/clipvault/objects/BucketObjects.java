package io.clipvault.objects;

import java.util.Objects;

import io.clipvault.paging.Cursor;
import io.clipvault.storage.ObjectKey;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;

/** The objects of a bucket as the store has them. */
@Component
class BucketObjects {

	private final S3Client s3;

	private final StoreCalls calls;

	private final PublicAddresses addresses;

	BucketObjects(S3Client s3, StoreCalls calls, PublicAddresses addresses) {
		this.s3 = s3;
		this.calls = calls;
		this.addresses = addresses;
	}

	ObjectPage list(BucketName bucket, Listing listing) {
		ListObjectsV2Request request = ListObjectsV2Request.builder()
			.bucket(bucket.value())
			.prefix(listing.prefix())
			.delimiter(listing.delimiter())
			.startAfter(listing.startAfter())
			.continuationToken((listing.cursor() == null) ? null : Cursor.read(listing.cursor(), 1).getFirst())
			.maxKeys(listing.limit())
			// XML cannot carry every character of a key.
			.encodingType(EncodingType.URL)
			.build();
		ListObjectsV2Response page = this.calls.on(bucket, Feature.OBJECTS, () -> this.s3.listObjectsV2(request));
		String next = Boolean.TRUE.equals(page.isTruncated()) ? Cursor.of(page.nextContinuationToken()) : null;
		return new ObjectPage(page.contents()
			.stream()
			.map((object) -> new ListedObject(object.key(), object.size(), object.eTag(), object.lastModified(),
					object.storageClassAsString(), this.addresses.of(bucket, object.key())))
			.toList(), page.commonPrefixes().stream().map(CommonPrefix::prefix).toList(), next);
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
