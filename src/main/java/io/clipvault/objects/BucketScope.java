package io.clipvault.objects;

import java.util.List;

import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import io.clipvault.storage.Store;

import org.springframework.stereotype.Component;

/** The buckets that these calls may touch. */
@Component
class BucketScope {

	private static final String ALL = "*";

	private final List<String> names;

	BucketScope(ObjectsSettings settings, Store store) {
		this.names = settings.buckets().isEmpty() ? List.of(store.bucket()) : settings.buckets();
	}

	/** Whether any bucket may be touched, so that only the store knows them all. */
	boolean everything() {
		return this.names.contains(ALL);
	}

	List<String> names() {
		return this.names;
	}

	/** Lets a bucket's name pass, or refuses the call. */
	String require(String bucket) {
		BucketName.check(bucket);
		if (!everything() && !this.names.contains(bucket)) {
			throw new Problem(ProblemType.BUCKET_OUT_OF_SCOPE,
					"The bucket '%s' is not one this service may touch: add it to clipvault.objects.buckets."
						.formatted(bucket));
		}
		return bucket;
	}

}
