package io.clipvault.links;

import java.util.List;
import java.util.concurrent.Callable;

import io.clipvault.layouts.ArtifactKey;
import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import io.clipvault.security.Caller;
import io.clipvault.security.Role;
import io.clipvault.storage.ObjectKey;
import io.clipvault.storage.ParallelCalls;
import io.clipvault.storage.Store;

import org.jspecify.annotations.Nullable;

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
		keys.forEach((key) -> requireAllowed(key, request.method()));
		LinkLifetime lifetime = LinkLifetime.of(request.expiresIn());
		if (request.method() == LinkMethod.PUT) {
			if (request.downloadName() != null || request.disposition() != null) {
				throw new Problem(ProblemType.INVALID_REQUEST,
						"'download_name' and 'disposition' are only for links to read: leave them out with the method PUT.");
			}
		}
		else {
			if (request.contentType() != null) {
				BrowserTypes.require(request.contentType());
			}
			requirePresent(keys);
		}
		return keys.stream().map((key) -> this.links.share(key, request, lifetime)).toList();
	}

	/**
	 * Who may look may also read what jobs have stored; all else in the bucket is for
	 * admins. What lies outside the prefix belongs to others.
	 */
	private void requireAllowed(ObjectKey key, @Nullable LinkMethod method) {
		if (!key.value().startsWith(this.store.prefix())) {
			throw new Problem(ProblemType.KEY_OUT_OF_SCOPE,
					"'%s' is outside the prefix '%s', so this service signs no link to it: ask the bucket's owner."
						.formatted(key, this.store.prefix()));
		}
		if (method == LinkMethod.PUT) {
			Caller.current().require(Role.ADMIN, "To sign a link that writes");
		}
		else if (!isOfJob(key)) {
			Caller.current().require(Role.ADMIN, "To sign a link to '%s', which is no file of a job".formatted(key));
		}
	}

	private boolean isOfJob(ObjectKey key) {
		return ArtifactKey.parse(this.store.prefix(), key.value())
			.map(ArtifactKey::fileName)
			.filter((name) -> !name.contains("/") && !name.startsWith("."))
			.isPresent();
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
