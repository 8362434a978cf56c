package io.clipvault.objects.content;

import io.clipvault.abilities.CheckedCopies;
import io.clipvault.objects.BucketName;
import io.clipvault.objects.BucketScope;
import io.clipvault.objects.StoreCalls;
import io.clipvault.storage.ObjectKey;
import org.springframework.stereotype.Component;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** Copies objects inside the store, in parts if an object is too large for one call. */
@Component
class Copies {

	private final StoreCalls calls;

	private final BucketScope scope;

	private final StoredObjects objects;

	private final CheckedCopies copies;

	private final CopiesInParts inParts;

	Copies(StoreCalls calls, BucketScope scope, StoredObjects objects, CheckedCopies copies, CopiesInParts inParts) {
		this.calls = calls;
		this.scope = scope;
		this.objects = objects;
		this.copies = copies;
		this.inParts = inParts;
	}

	ObjectDetails copy(BucketName bucket, CopyRequest request) {
		BucketName sourceBucket = (request.sourceBucket() != null) ? this.scope.resolve(request.sourceBucket())
				: bucket;
		ObjectKey source = new ObjectKey(request.sourceKey());
		ObjectKey key = new ObjectKey(request.key());
		HeadObjectResponse head = this.objects.head(sourceBucket, source, request.sourceVersionId());
		Copy copy = new Copy(sourceBucket, source, bucket, key, request, head);
		if (this.inParts.mustCopy(head.contentLength())) {
			this.inParts.copy(copy);
		}
		else {
			this.calls.on(bucket, key.value(), copy.feature(), () -> this.copies.copy(copy.wholeRequest()));
		}
		return this.objects.details(bucket, key, null);
	}

}
