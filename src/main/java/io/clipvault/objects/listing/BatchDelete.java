package io.clipvault.objects.listing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.clipvault.objects.BucketName;
import io.clipvault.objects.Feature;
import io.clipvault.objects.StoreCalls;
import io.clipvault.problems.Problem;
import io.clipvault.storage.ObjectKey;
import io.clipvault.storage.Store;
import io.clipvault.storage.StoreFailure;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Error;

/** Deletes any number of objects, a thousand in each call. */
@Component
class BatchDelete {

	private final Store store;

	private final StoreCalls calls;

	BatchDelete(Store store, StoreCalls calls) {
		this.store = store;
		this.calls = calls;
	}

	/**
	 * Deletes the objects. If a call fails before anything was deleted, the whole request
	 * fails; if it fails later, the remaining objects are reported as failed, so that the
	 * caller still learns which ones are deleted.
	 */
	Deletion.Report delete(BucketName bucket, List<Deletion.Item> items) {
		List<Deletion.Result> results = new ArrayList<>(items.size());
		@Nullable StoreFailure failed = null;
		for (int start = 0; start < items.size(); start += Store.DELETE_LIMIT) {
			List<Deletion.Item> page = items.subList(start, Math.min(items.size(), start + Store.DELETE_LIMIT));
			Map<Deletion.Item, Deletion.Result> kept = refused(page);
			List<Deletion.Item> wanted = page.stream().filter((item) -> !kept.containsKey(item)).toList();
			if (failed == null && !wanted.isEmpty()) {
				try {
					kept.putAll(deletePage(bucket, wanted));
				}
				catch (StoreFailure failure) {
					if (results.stream().noneMatch(Deletion.Result::deleted)) {
						throw failure;
					}
					failed = failure;
				}
			}
			if (failed != null) {
				kept.putAll(failed(wanted, failed));
			}
			page.forEach((item) -> results.add(kept.getOrDefault(item, Deletion.Result.gone(item))));
		}
		return Deletion.Report.of(results);
	}

	private static Map<Deletion.Item, Deletion.Result> refused(List<Deletion.Item> items) {
		Map<Deletion.Item, Deletion.Result> kept = new HashMap<>();
		for (Deletion.Item item : items) {
			try {
				new ObjectKey(item.key());
			}
			catch (Problem refused) {
				kept.put(item, Deletion.Result.kept(item, null, refused.detail()));
			}
		}
		return kept;
	}

	private static Map<Deletion.Item, Deletion.Result> failed(List<Deletion.Item> items, StoreFailure failure) {
		@Nullable String code = failure.code().isEmpty() ? null : failure.code();
		Map<Deletion.Item, Deletion.Result> kept = new HashMap<>();
		items.forEach((item) -> kept.put(item, Deletion.Result.kept(item, code, failure.detail())));
		return kept;
	}

	/** Deletes a page and answers with the objects that the store kept. */
	private Map<Deletion.Item, Deletion.Result> deletePage(BucketName bucket, List<Deletion.Item> items) {
		List<ObjectIdentifier> wanted = items.stream()
			.map((item) -> ObjectIdentifier.builder().key(item.key()).versionId(item.versionId()).build())
			.toList();
		Set<Deletion.Item> named = new HashSet<>(items);
		Map<Deletion.Item, Deletion.Result> kept = new HashMap<>();
		for (S3Error error : this.calls.on(bucket, Feature.OBJECTS, () -> this.store.delete(bucket.value(), wanted))) {
			Deletion.Item exact = new Deletion.Item(error.key(), error.versionId());
			if (named.contains(exact)) {
				kept.put(exact, Deletion.Result.kept(exact, error.code(), error.message()));
				continue;
			}
			// Some stores leave the version out or report another one.
			items.stream()
				.filter((item) -> item.key().equals(error.key()))
				.forEach((item) -> kept.putIfAbsent(item, Deletion.Result.kept(item, error.code(), error.message())));
		}
		return kept;
	}

}
