package io.clipvault.links;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import io.clipvault.storage.Store;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

import org.springframework.stereotype.Component;

/** Hands out links, to read only where there is something to read. */
@Component
class LinkDesk {

	/** Enough to hide the store's delay for a hundred keys, and no flood. */
	private static final int PARALLEL_CHECKS = 16;

	private final Links links;

	private final S3Client s3;

	private final Store store;

	LinkDesk(Links links, S3Client s3, Store store) {
		this.links = links;
		this.s3 = s3;
		this.store = store;
	}

	List<ShareLink> sign(LinkRequest request) {
		List<ObjectKey> keys = request.objects();
		LinkLifetime lifetime = LinkLifetime.of(request.expiresIn());
		if (request.method() == LinkMethod.PUT) {
			if (request.downloadName() != null || request.disposition() != null) {
				throw new Problem(ProblemType.INVALID_REQUEST,
						"'download_name' and 'disposition' are for links to read: leave them out with the method PUT.");
			}
		}
		else {
			requirePresent(keys);
		}
		return keys.stream().map((key) -> this.links.share(key, request, lifetime)).toList();
	}

	private void requirePresent(List<ObjectKey> keys) {
		List<String> missing = new ArrayList<>();
		try (ExecutorService checks = Executors.newFixedThreadPool(Math.min(keys.size(), PARALLEL_CHECKS),
				Thread.ofVirtual().factory())) {
			List<Future<Boolean>> present = checks
				.invokeAll(keys.stream().map((key) -> (Callable<Boolean>) () -> isPresent(key)).toList());
			for (int index = 0; index < keys.size(); index++) {
				if (!present.get(index).get()) {
					missing.add("'" + keys.get(index).value() + "'");
				}
			}
		}
		catch (InterruptedException interrupted) {
			Thread.currentThread().interrupt();
			throw new Problem(ProblemType.STORE_UNREACHABLE, "The service is stopping: try again.", interrupted);
		}
		catch (ExecutionException failure) {
			if (failure.getCause() instanceof Problem problem) {
				throw problem;
			}
			throw new IllegalStateException("Looking for the objects failed", failure.getCause());
		}
		if (!missing.isEmpty()) {
			throw new Problem(ProblemType.OBJECT_NOT_FOUND,
					"There is no object %s in the bucket '%s': check the key, and mind that it is case-sensitive."
						.formatted(String.join(", ", missing), this.store.bucket()));
		}
	}

	private boolean isPresent(ObjectKey key) {
		return this.store.call(() -> {
			try {
				this.s3.headObject((head) -> head.bucket(this.store.bucket()).key(key.value()));
				return true;
			}
			catch (NoSuchKeyException missing) {
				return false;
			}
		});
	}

}
