package io.clipvault.objects;

import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;

import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import io.clipvault.storage.Store;
import io.clipvault.storage.StoreFailure;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** Tells a store's refusal of a call that names bucket and key itself. */
@Component
class StoreCalls {

	private static final Set<String> UNSUPPORTED = Set.of("NotImplemented", "XNotImplemented", "NotSupported",
			"UnsupportedOperation");

	/** Codes that blame what the caller sent, with what repairs it. */
	private static final Set<String> BLAMES_VALUES = Set.of("InvalidArgument", "InvalidRequest", "MalformedXML",
			"InvalidObjectName", "InvalidBucketName", "EntityTooLarge", "EntityTooSmall", "InvalidTag",
			"InvalidEncryptionAlgorithmError", "KMS.NotFoundException", "InvalidBucketState");

	private final Store store;

	StoreCalls(Store store) {
		this.store = store;
	}

	<T> T on(String bucket, Feature feature, Supplier<T> call) {
		return on(bucket, null, feature, call);
	}

	<T> T on(String bucket, @Nullable String key, Feature feature, Supplier<T> call) {
		try {
			return this.store.call(bucket, call);
		}
		catch (StoreFailure failure) {
			throw told(failure, bucket, key, feature);
		}
	}

	/** The problem that says that the store lacks a feature. */
	Problem unsupported(Feature feature, String told) {
		return new Problem(ProblemType.STORE_CANNOT,
				"%s does not support %s (%s): use a store that does, such as Amazon S3.".formatted(name(), feature,
						told));
	}

	private Problem told(StoreFailure failure, String bucket, @Nullable String key, Feature feature) {
		Problem problem = translated(failure, bucket, key, feature);
		return (problem == failure || failure.code().isEmpty()) ? problem : problem.with("store_code", failure.code());
	}

	private Problem translated(StoreFailure failure, String bucket, @Nullable String key, Feature feature) {
		if (UNSUPPORTED.contains(failure.code()) || failure.status() == 501) {
			return unsupported(feature, failure.told());
		}
		String object = (key == null) ? "The bucket '" + bucket + "'" : "'" + key + "'";
		return switch (failure.code()) {
			case "NoSuchBucket" -> bucketNotFound(bucket, failure);
			case "NoSuchKey", "NoSuchVersion" -> objectNotFound(bucket, key, failure);
			case "BucketAlreadyExists", "BucketAlreadyOwnedByYou" -> new Problem(ProblemType.BUCKET_EXISTS,
					"There is a bucket '%s' already: use it, or choose another name.".formatted(bucket), failure);
			case "InvalidObjectState" -> new Problem(ProblemType.OBJECT_ARCHIVED,
					"%s lies in an archive class: have the store restore it before it is read.".formatted(object),
					failure);
			case "ConditionalRequestConflict" -> conditionFailed(object, failure);
			case "InvalidStorageClass" -> refused(failure, "name a storage class that this store has");
			case "InvalidLocationConstraint", "IllegalLocationConstraintException" ->
				refused(failure, "name a region of this store, or leave the region out");
			case "KeyTooLongError" -> refused(failure, "shorten the key");
			case "MetadataTooLarge" -> refused(failure, "send less metadata");
			case "BadDigest", "InvalidDigest" -> refused(failure, "the bytes were changed on the way: send them again");
			// Some stores sign another form of such a path than the SDK does.
			case String code when hasEmptyPart(key)
					&& (code.equals("SignatureDoesNotMatch") || (code.isEmpty() && failure.status() == 403)) ->
				refused(failure, "use a key without an empty part between its slashes, or allow this key the call");
			case String code when BLAMES_VALUES.contains(code) -> refused(failure, "correct the values of the request");
			default -> switch (failure.status()) {
				case 404 -> (key == null) ? bucketNotFound(bucket, failure) : objectNotFound(bucket, key, failure);
				case 400 -> refused(failure, "correct the values of the request");
				case 412 -> conditionFailed(object, failure);
				case 416 -> new Problem(ProblemType.RANGE_NOT_SATISFIABLE,
						"%s has no bytes in that range: ask for its size with HEAD first.".formatted(object), failure);
				case 405 -> unsupported(feature, failure.told());
				default -> failure;
			};
		};
	}

	private static boolean hasEmptyPart(@Nullable String key) {
		return key != null && (key.startsWith("/") || key.contains("//"));
	}

	private static Problem conditionFailed(String object, StoreFailure failure) {
		return new Problem(ProblemType.CONDITION_FAILED,
				"%s does not meet the condition of the request: read its present state, then decide.".formatted(object),
				failure);
	}

	private Problem refused(StoreFailure failure, String repair) {
		return new Problem(ProblemType.VALUE_REFUSED, "%s answered %s (%s): %s.".formatted(name(),
				failure.code().isEmpty() ? failure.status() : failure.code(), failure.told(), repair), failure);
	}

	static Problem bucketNotFound(String bucket, @Nullable Throwable cause) {
		return new Problem(ProblemType.BUCKET_NOT_FOUND,
				"There is no bucket '%s': create it with POST /buckets, or check the name.".formatted(bucket), cause);
	}

	private static Problem objectNotFound(String bucket, @Nullable String key, @Nullable Throwable cause) {
		return new Problem(ProblemType.OBJECT_NOT_FOUND,
				"There is no %s in the bucket '%s': list the bucket to see its keys."
					.formatted((key == null) ? "such object" : "object '" + key + "'", bucket),
				cause);
	}

	private String name() {
		String name = this.store.name();
		return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
	}

}
