package io.clipvault.objects.buckets;

import io.clipvault.objects.BucketName;
import io.clipvault.objects.Feature;
import io.clipvault.objects.StoreCalls;
import io.clipvault.problems.ProblemType;
import io.clipvault.storage.StoreFailure;
import org.springframework.stereotype.Component;
import software.amazon.awssdk.services.s3.S3Client;

/** Deletes an empty bucket, or says what it still holds. */
@Component
class BucketDeletion {

	private static final String NOT_EMPTY = "BucketNotEmpty";

	private final S3Client s3;

	private final StoreCalls calls;

	private final BucketContents contents;

	BucketDeletion(S3Client s3, StoreCalls calls, BucketContents contents) {
		this.s3 = s3;
		this.calls = calls;
		this.contents = contents;
	}

	void delete(BucketName bucket) {
		try {
			this.calls.on(bucket, Feature.BUCKETS,
					() -> this.s3.deleteBucket((request) -> request.bucket(bucket.value())));
		}
		catch (StoreFailure failure) {
			if (!failure.code().equals(NOT_EMPTY)) {
				throw failure;
			}
			BucketContents.Count count = this.contents.count(bucket);
			throw failure.as(ProblemType.BUCKET_NOT_EMPTY,
					"The bucket '%s' still holds %s: delete them first, or add ?purge=true to have all of it deleted."
						.formatted(bucket, count))
				.with("objects", count.objects())
				.with("older_versions", count.olderVersions())
				.with("unfinished_uploads", count.uploads());
		}
	}

}
