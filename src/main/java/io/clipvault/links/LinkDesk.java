package io.clipvault.links;

import java.util.List;
import java.util.concurrent.Callable;

import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import io.clipvault.storage.ObjectKey;
import io.clipvault.storage.ParallelCalls;
import io.clipvault.storage.Store;

import org.springframework.stereotype.Component;

/** Signs links that callers ask for; a link to read only if the object exists. */
@Component
class LinkDesk {

	/** Enough for a hundred keys in well under a second, and no flood for the store. */
	private static final int PARALLEL_CHECKS = 16;

	private final Links links;

	private final Store store;

	LinkDesk(Links links, Store store) {
		this.links = links;
		this.store = store;
	}

	List<ShareLink> sign(LinkRequest request) {
		List<ObjectKey> keys = request.objects();
		LinkLifetime lifetime = LinkLifetime.of(request.expiresIn());
		if (request.method() == LinkMethod.PUT) {
			if (request.downloadName() != null || request.disposition() != null) {
				throw new Problem(ProblemType.INVALID_REQUEST,
						"'download_name' and 'disposition' are only for links to read: leave them out with the method PUT.");
			}
		}
		else {
			requirePresent(keys);
		}
		return keys.stream().map((key) -> this.links.share(key, request, lifetime)).toList();
	}

	private void requirePresent(List<ObjectKey> keys) {
		List<Callable<List<ObjectKey>>> checks = keys.stream()
			.<Callable<List<ObjectKey>>>map(
					(key) -> () -> this.store.head(key.value()).isPresent() ? List.of() : List.of(key))
			.toList();
		List<String> missing = ParallelCalls.all(PARALLEL_CHECKS, checks)
			.stream()
			.flatMap(List::stream)
			.map((key) -> "'" + key + "'")
			.toList();
		if (!missing.isEmpty()) {
			throw new Problem(ProblemType.OBJECT_NOT_FOUND,
					"There is no object %s in the bucket '%s': check the key, which is case-sensitive."
						.formatted(String.join(", ", missing), this.store.bucket()));
		}
	}

}
