package io.clipvault.objects;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.clipvault.problems.Problem;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Error;

import org.springframework.stereotype.Component;

/** Removes any number of objects, as many at a time as S3 takes. */
@Component
class BatchDelete {

	private static final int AT_A_TIME = 1000;

	private final S3Client s3;

	private final StoreCalls calls;

	BatchDelete(S3Client s3, StoreCalls calls) {
		this.s3 = s3;
		this.calls = calls;
	}

	/**
	 * A failure before anything was removed is the whole call's. After that, it is each
	 * object's own that was still to go, so that what was removed is told too.
	 */
	Deletion.Report delete(String bucket, List<Deletion.Item> items) {
		List<Deletion.Result> results = new ArrayList<>(items.size());
		@Nullable Problem failed = null;
		for (int start = 0; start < items.size(); start += AT_A_TIME) {
			List<Deletion.Item> page = items.subList(start, Math.min(items.size(), start + AT_A_TIME));
			Map<Deletion.Item, Deletion.Result> kept = unspeakable(page);
			List<Deletion.Item> wanted = page.stream().filter((item) -> !kept.containsKey(item)).toList();
			if (failed == null && !wanted.isEmpty()) {
				try {
					kept.putAll(deletePage(bucket, wanted));
				}
				catch (Problem failure) {
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

	private static Map<Deletion.Item, Deletion.Result> unspeakable(List<Deletion.Item> items) {
		Map<Deletion.Item, Deletion.Result> kept = new HashMap<>();
		for (Deletion.Item item : items) {
			try {
				new ObjectKey(item.key());
			}
			catch (Problem unspeakable) {
				kept.put(item, Deletion.Result.kept(item, null, unspeakable.detail()));
			}
		}
		return kept;
	}

	private static Map<Deletion.Item, Deletion.Result> failed(List<Deletion.Item> items, Problem failure) {
		@Nullable String code = (failure.properties().get("store_code") instanceof String told) ? told : null;
		Map<Deletion.Item, Deletion.Result> kept = new HashMap<>();
		items.forEach((item) -> kept.put(item, Deletion.Result.kept(item, code, failure.detail())));
		return kept;
	}

	/** What the store keeps of a page. */
	private Map<Deletion.Item, Deletion.Result> deletePage(String bucket, List<Deletion.Item> items) {
		List<ObjectIdentifier> wanted = items.stream()
			.map((item) -> ObjectIdentifier.builder().key(item.key()).versionId(item.versionId()).build())
			.toList();
		Set<Deletion.Item> named = new HashSet<>(items);
		Map<Deletion.Item, Deletion.Result> kept = new HashMap<>();
		for (S3Error error : call(bucket, wanted).errors()) {
			Deletion.Item exact = new Deletion.Item(error.key(), error.versionId());
			if (named.contains(exact)) {
				kept.put(exact, Deletion.Result.kept(exact, error.code(), error.message()));
				continue;
			}
			// Some stores leave the version out, or tell another one.
			items.stream()
				.filter((item) -> item.key().equals(error.key()))
				.forEach((item) -> kept.putIfAbsent(item, Deletion.Result.kept(item, error.code(), error.message())));
		}
		return kept;
	}

	private DeleteObjectsResponse call(String bucket, List<ObjectIdentifier> wanted) {
		return this.calls.on(bucket, Feature.OBJECTS, () -> this.s3
			.deleteObjects((request) -> request.bucket(bucket).delete((delete) -> delete.objects(wanted).quiet(true))));
	}

}
