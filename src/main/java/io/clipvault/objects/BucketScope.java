package io.clipvault.objects;

import java.util.List;

import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import io.clipvault.storage.Store;

import org.springframework.stereotype.Component;

/** The buckets that this service may touch. */
@Component
public class BucketScope {

	private static final String ALL = "*";

	private final List<String> names;

	private final BucketName own;

	BucketScope(ObjectsSettings settings, Store store) {
		this.own = new BucketName(store.bucket());
		this.names = settings.buckets().isEmpty() ? List.of(store.bucket()) : settings.buckets();
	}

	/** Whether every bucket is in scope, so that only the store can list them. */
	public boolean isUnlimited() {
		return this.names.contains(ALL);
	}

	/** The buckets that the settings name. */
	public List<BucketName> names() {
		return this.names.stream().map(this::resolve).toList();
	}

	/**
	 * The service's own bucket, which the report may count even when it is out of scope.
	 */
	public BucketName own() {
		return this.own;
	}

	/** Refuses a name that no bucket can have or that is out of scope. */
	public BucketName resolve(String name) {
		BucketName.check(name);
		if (!isUnlimited() && !this.names.contains(name)) {
			throw new Problem(ProblemType.BUCKET_OUT_OF_SCOPE,
					"The bucket '%s' is not one this service may touch: add it to clipvault.objects.buckets."
						.formatted(name));
		}
		return new BucketName(name);
	}

}
