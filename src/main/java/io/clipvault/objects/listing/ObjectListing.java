package io.clipvault.objects.listing;

import io.clipvault.objects.BucketName;
import io.clipvault.objects.Feature;
import io.clipvault.objects.PublicAddresses;
import io.clipvault.objects.StoreCalls;
import io.clipvault.paging.Cursor;
import org.springframework.stereotype.Component;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;

/** Lists the objects of a bucket. */
@Component
class ObjectListing {

	private final S3Client s3;

	private final StoreCalls calls;

	private final PublicAddresses addresses;

	ObjectListing(S3Client s3, StoreCalls calls, PublicAddresses addresses) {
		this.s3 = s3;
		this.calls = calls;
		this.addresses = addresses;
	}

	ObjectPage list(BucketName bucket, ListingRequest listing) {
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

}
