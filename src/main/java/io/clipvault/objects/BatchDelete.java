package io.clipvault.objects;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.clipvault.problems.Problem;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;

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

	Deletion.Report delete(String bucket, List<Deletion.Item> items) {
		List<Deletion.Result> results = new ArrayList<>(items.size());
		for (int start = 0; start < items.size(); start += AT_A_TIME) {
			results.addAll(deletePage(bucket, items.subList(start, Math.min(items.size(), start + AT_A_TIME))));
		}
		return Deletion.Report.of(results);
	}

	/**
	 * What was removed before a page failed is told too: the failure is each object's
	 * own.
	 */
	private List<Deletion.Result> deletePage(String bucket, List<Deletion.Item> items) {
		Map<Deletion.Item, Deletion.Result> refused = new HashMap<>();
		List<ObjectIdentifier> wanted = new ArrayList<>();
		for (Deletion.Item item : items) {
			try {
				wanted.add(ObjectIdentifier.builder()
					.key(new ObjectKey(item.key()).value())
					.versionId(item.versionId())
					.build());
			}
			catch (Problem unspeakable) {
				refused.put(item, Deletion.Result.kept(item, null, unspeakable.detail()));
			}
		}
		if (!wanted.isEmpty()) {
			try {
				call(bucket, wanted).errors().forEach((error) -> {
					Deletion.Item item = new Deletion.Item(error.key(), versionOrNull(error.versionId()));
					refused.put(item, Deletion.Result.kept(item, error.code(), error.message()));
				});
			}
			catch (Problem failure) {
				if (items.stream().allMatch(refused::containsKey)) {
					throw failure;
				}
				@Nullable String code = (failure.properties().get("store_code") instanceof String told) ? told : null;
				items.forEach((item) -> refused.putIfAbsent(item, Deletion.Result.kept(item, code, failure.detail())));
			}
		}
		return items.stream().map((item) -> refused.getOrDefault(item, Deletion.Result.gone(item))).toList();
	}

	private DeleteObjectsResponse call(String bucket, List<ObjectIdentifier> wanted) {
		return this.calls.on(bucket, Feature.OBJECTS, () -> this.s3
			.deleteObjects((request) -> request.bucket(bucket).delete((delete) -> delete.objects(wanted).quiet(true))));
	}

	private static @Nullable String versionOrNull(@Nullable String version) {
		return (version == null || version.isEmpty()) ? null : version;
	}

}
