package io.clipvault.objects;

import java.util.Set;
import java.util.function.Supplier;

import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import io.clipvault.storage.Store;
import io.clipvault.storage.StoreFailure;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Makes a store call for a request and turns its failure into a problem that names the
 * bucket, the key and the feature.
 */
@Component
public class StoreCalls {

	/** Codes that say that a value of the request is wrong. */
	private static final Set<String> INVALID_VALUES = Set.of("InvalidArgument", "InvalidRequest", "MalformedXML",
			"InvalidObjectName", "InvalidBucketName", "EntityTooLarge", "EntityTooSmall", "InvalidTag",
			"InvalidEncryptionAlgorithmError", "KMS.NotFoundException", "InvalidBucketState");

	private final Store store;

	StoreCalls(Store store) {
		this.store = store;
	}

	public <T> T on(BucketName bucket, Feature feature, Supplier<T> call) {
		return on(bucket, null, feature, call);
	}

	public <T> T on(BucketName bucket, @Nullable String key, Feature feature, Supplier<T> call) {
		try {
			return this.store.call(bucket.value(), call);
		}
		catch (StoreFailure failure) {
			throw translated(failure, bucket, key, feature);
		}
	}

	/** The problem of a store that lacks a feature. */
	public Problem unsupported(Feature feature, String reason) {
		return new Problem(ProblemType.STORE_CANNOT, unsupportedDetail(feature, reason));
	}

	private String unsupportedDetail(Feature feature, String reason) {
		return "%s does not support %s (%s): use a store that does, such as Amazon S3.".formatted(this.store.name(),
				feature, reason);
	}

	private StoreFailure translated(StoreFailure failure, BucketName bucket, @Nullable String key, Feature feature) {
		if (failure.unsupported()) {
			return unsupported(failure, feature);
		}
		String object = (key == null) ? "The bucket '" + bucket + "'" : "'" + key + "'";
		return switch (failure.code()) {
			case "NoSuchBucket" -> bucketNotFound(failure, bucket);
			case "NoSuchKey", "NoSuchVersion" -> objectNotFound(failure, bucket, key);
			case "BucketAlreadyExists", "BucketAlreadyOwnedByYou" -> failure.as(ProblemType.BUCKET_EXISTS,
					"There is a bucket '%s' already: use it, or choose another name.".formatted(bucket));
			case "InvalidObjectState" -> failure.as(ProblemType.OBJECT_ARCHIVED,
					"%s is in an archive class: have the store restore it before it is read.".formatted(object));
			case "ConditionalRequestConflict" -> conditionFailed(failure, object);
			case "InvalidStorageClass" -> refused(failure, "name a storage class that this store has");
			case "InvalidLocationConstraint", "IllegalLocationConstraintException" ->
				refused(failure, "name a region of this store, or leave the region out");
			case "KeyTooLongError" -> refused(failure, "shorten the key");
			case "MetadataTooLarge" -> refused(failure, "send less metadata");
			case "BadDigest", "InvalidDigest" -> refused(failure, "the bytes were changed on the way: send them again");
			// Some stores sign another form of such a path than the SDK does.
			case String code when hasEmptySegment(key)
					&& (code.equals("SignatureDoesNotMatch") || (code.isEmpty() && failure.status() == 403)) ->
				refused(failure, "use a key without an empty part between its slashes, or allow this key the call");
			case String code when INVALID_VALUES.contains(code) ->
				refused(failure, "correct the values of the request");
			default -> switch (failure.status()) {
				case 404 -> (key == null) ? bucketNotFound(failure, bucket) : objectNotFound(failure, bucket, key);
				case 400 -> refused(failure, "correct the values of the request");
				case 412 -> conditionFailed(failure, object);
				case 416 -> failure.as(ProblemType.RANGE_NOT_SATISFIABLE,
						"%s has no bytes in that range: ask for its size with HEAD first.".formatted(object));
				case 405 -> unsupported(failure, feature);
				default -> failure;
			};
		};
	}

	private static boolean hasEmptySegment(@Nullable String key) {
		return key != null && (key.startsWith("/") || key.contains("//"));
	}

	private StoreFailure unsupported(StoreFailure failure, Feature feature) {
		return failure.as(ProblemType.STORE_CANNOT, unsupportedDetail(feature, failure.told()));
	}

	private static StoreFailure conditionFailed(StoreFailure failure, String object) {
		return failure.as(ProblemType.CONDITION_FAILED,
				"%s does not meet the condition of the request: read its present state, then decide."
					.formatted(object));
	}

	private StoreFailure refused(StoreFailure failure, String repair) {
		return failure.as(ProblemType.VALUE_REFUSED, "%s answered %s (%s): %s.".formatted(this.store.name(),
				failure.code().isEmpty() ? failure.status() : failure.code(), failure.told(), repair));
	}

	private static StoreFailure bucketNotFound(StoreFailure failure, BucketName bucket) {
		return failure.as(ProblemType.BUCKET_NOT_FOUND,
				"There is no bucket '%s': create it with POST /buckets, or check the name.".formatted(bucket));
	}

	private static StoreFailure objectNotFound(StoreFailure failure, BucketName bucket, @Nullable String key) {
		return failure.as(ProblemType.OBJECT_NOT_FOUND,
				"There is no %s in the bucket '%s': list the bucket to see its keys."
					.formatted((key == null) ? "such object" : "object '" + key + "'", bucket));
	}

}
