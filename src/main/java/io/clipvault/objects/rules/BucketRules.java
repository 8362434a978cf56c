package io.clipvault.objects.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import io.clipvault.objects.BucketName;
import io.clipvault.objects.Feature;
import io.clipvault.objects.LifecyclePreset;
import io.clipvault.objects.StoreCalls;
import io.clipvault.storage.Store;
import io.clipvault.storage.StoreFailure;
import org.springframework.stereotype.Component;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.LifecycleRule;

/** Reads and writes the lifecycle and CORS rules of a bucket. */
@Component
class BucketRules {

	static final String PRESET_CLIPS = "clipvault-clips";

	static final String PRESET_UPLOADS = "clipvault-unfinished-uploads";

	static final int ARCHIVE_AFTER_DAYS = 90;

	private static final int ABORT_AFTER_DAYS = 7;

	private static final String READABLE_ARCHIVE = "GLACIER_IR";

	private static final Set<String> NONE_SET = Set.of("NoSuchLifecycleConfiguration", "NoSuchCORSConfiguration");

	private final S3Client s3;

	private final Store store;

	private final StoreCalls calls;

	BucketRules(S3Client s3, Store store, StoreCalls calls) {
		this.s3 = s3;
		this.store = store;
		this.calls = calls;
	}

	LifecycleRules lifecycle(BucketName bucket) {
		return new LifecycleRules(storedLifecycle(bucket).stream().map(LifecycleTranslation::ofStore).toList());
	}

	LifecycleRules setLifecycle(BucketName bucket, LifecycleRules rules) {
		requireLifecycle(bucket);
		put(bucket, rules.rules().stream().map(LifecycleTranslation::toStore).toList());
		return lifecycle(bucket);
	}

	void removeLifecycle(BucketName bucket) {
		if (storedLifecycle(bucket).isEmpty()) {
			// A store that ignores the subresource would delete the bucket.
			return;
		}
		this.calls.on(bucket, Feature.LIFECYCLE,
				() -> this.s3.deleteBucketLifecycle((request) -> request.bucket(bucket.value())));
	}

	/** Adds the rules of the preset to the existing ones. */
	LifecycleRules setPreset(BucketName bucket, LifecycleRules.Preset preset) {
		List<LifecycleRule> former = storedLifecycle(bucket);
		List<LifecycleRule> rules = new ArrayList<>(former.stream().filter((rule) -> !isPreset(rule.id())).toList());
		preset(preset, this.store.prefix()).stream().map(LifecycleTranslation::toStore).forEach(rules::add);
		put(bucket, rules);
		LifecycleRules now = lifecycle(bucket);
		if (!READABLE_ARCHIVE.equals(storageClass(preset)) && !keepsSize(now)) {
			// Undo: without the size bound, the gallery's metadata would be archived too.
			if (former.isEmpty()) {
				removeLifecycle(bucket);
			}
			else {
				put(bucket, former);
			}
			throw this.calls.unsupported(Feature.SIZE_FILTERS,
					"it dropped the bound that keeps small metadata out of the archive; GLACIER_IR does without it");
		}
		return now;
	}

	private static boolean isPreset(String id) {
		return PRESET_CLIPS.equals(id) || PRESET_UPLOADS.equals(id);
	}

	private static boolean keepsSize(LifecycleRules rules) {
		return rules.rules()
			.stream()
			.filter((rule) -> PRESET_CLIPS.equals(rule.id()))
			.allMatch((rule) -> rule.filter() != null && rule.filter().sizeGreaterThan() != null);
	}

	private static String storageClass(LifecycleRules.Preset preset) {
		return Objects.requireNonNullElse(preset.storageClass(), READABLE_ARCHIVE);
	}

	private static List<LifecycleRules.Rule> preset(LifecycleRules.Preset preset, String ownPrefix) {
		String prefix = Objects.requireNonNullElse(preset.prefix(), ownPrefix);
		LifecycleRules.Rule clips = new LifecycleRules.Rule(PRESET_CLIPS, true,
				new LifecycleRules.Filter(prefix, LifecyclePreset.SIZE_ABOVE, null, null),
				List.of(new LifecycleRules.Transition(0, null, "INTELLIGENT_TIERING"),
						new LifecycleRules.Transition(
								Objects.requireNonNullElse(preset.archiveAfterDays(), ARCHIVE_AFTER_DAYS), null,
								storageClass(preset))),
				null, null, null);
		LifecycleRules.Rule uploads = new LifecycleRules.Rule(PRESET_UPLOADS, true,
				new LifecycleRules.Filter(prefix, null, null, null), null, null, null,
				Objects.requireNonNullElse(preset.abortMultipartAfterDays(), ABORT_AFTER_DAYS));
		return List.of(clips, uploads);
	}

	/**
	 * Refuses a store whose answer to the read shows that it has no such rules; what it
	 * says to a write would mislead.
	 */
	private void requireLifecycle(BucketName bucket) {
		List<LifecycleRule> _ = storedLifecycle(bucket);
	}

	private List<LifecycleRule> storedLifecycle(BucketName bucket) {
		try {
			return this.calls
				.on(bucket, Feature.LIFECYCLE,
						() -> this.s3.getBucketLifecycleConfiguration((request) -> request.bucket(bucket.value())))
				.rules();
		}
		catch (StoreFailure failure) {
			requireNoneSet(failure);
			return List.of();
		}
	}

	private void put(BucketName bucket, List<LifecycleRule> rules) {
		this.calls.on(bucket, Feature.LIFECYCLE,
				() -> this.s3.putBucketLifecycleConfiguration((request) -> request.bucket(bucket.value())
					.lifecycleConfiguration((configuration) -> configuration.rules(rules))));
	}

	List<CorsRules.Rule> cors(BucketName bucket) {
		try {
			return this.calls
				.on(bucket, Feature.CORS, () -> this.s3.getBucketCors((request) -> request.bucket(bucket.value())))
				.corsRules()
				.stream()
				.map(CorsRules.Rule::ofStore)
				.toList();
		}
		catch (StoreFailure failure) {
			requireNoneSet(failure);
			return List.of();
		}
	}

	List<CorsRules.Rule> setCors(BucketName bucket, CorsRules rules) {
		requireCors(bucket);
		this.calls.on(bucket, Feature.CORS,
				() -> this.s3.putBucketCors((request) -> request.bucket(bucket.value())
					.corsConfiguration((configuration) -> configuration
						.corsRules(rules.rules().stream().map(CorsRules.Rule::toStore).toList()))));
		return cors(bucket);
	}

	/** As {@link #requireLifecycle}. */
	private void requireCors(BucketName bucket) {
		List<CorsRules.Rule> _ = cors(bucket);
	}

	void removeCors(BucketName bucket) {
		if (cors(bucket).isEmpty()) {
			// A store that ignores the subresource would delete the bucket.
			return;
		}
		this.calls.on(bucket, Feature.CORS,
				() -> this.s3.deleteBucketCors((request) -> request.bucket(bucket.value())));
	}

	private static void requireNoneSet(StoreFailure failure) {
		if (!NONE_SET.contains(failure.code())) {
			throw failure;
		}
	}

}
