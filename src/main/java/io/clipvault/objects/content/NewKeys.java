package io.clipvault.objects.content;

import io.clipvault.abilities.Ability;
import io.clipvault.abilities.StoreAbilities;
import io.clipvault.objects.BucketName;
import io.clipvault.objects.Feature;
import io.clipvault.objects.StoreCalls;
import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import io.clipvault.storage.ObjectKey;
import io.clipvault.storage.Store;
import org.springframework.stereotype.Component;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;

/** Keeps a write that asks for a free key from replacing an object. */
@Component
class NewKeys {

	private final Store store;

	private final StoreCalls calls;

	private final StoreAbilities abilities;

	NewKeys(Store store, StoreCalls calls, StoreAbilities abilities) {
		this.store = store;
		this.calls = calls;
		this.abilities = abilities;
	}

	/**
	 * Whether the store itself refuses such a write; if not, only an object that is there
	 * before the write is found.
	 */
	boolean areKeptByTheStore() {
		return this.abilities.has(Ability.CONDITIONAL_WRITES);
	}

	void require(BucketName bucket, ObjectKey key) {
		HeadObjectRequest head = HeadObjectRequest.builder().bucket(bucket.value()).key(key.value()).build();
		if (this.calls.on(bucket, key.value(), Feature.OBJECTS, () -> this.store.head(head)).isPresent()) {
			throw new Problem(ProblemType.CONDITION_FAILED,
					"'%s' exists already: delete it first, or send it without If-None-Match.".formatted(key));
		}
	}

}
