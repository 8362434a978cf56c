package io.clipvault.storage;

import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Error;
import software.amazon.awssdk.services.s3.model.S3Exception;

import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;

/** A failed call to the store, with a sentence that says how to fix it. */
public final class StoreFailure extends Problem {

	/** Transient refusals: the same call may succeed when it is retried. */
	private static final Set<String> TRANSIENT = Set.of("RequestTimeout", "BadDigest", "XAmzContentSHA256Mismatch",
			"IncompleteBody", "NoSuchUpload", "InvalidPart", "OperationAborted", "ConditionalRequestConflict");

	/** Codes for what the store will never do. */
	private static final Set<String> UNSUPPORTED = Set.of("NotImplemented", "XNotImplemented", "NotSupported",
			"UnsupportedOperation");

	/** HTTP status to assume for an error inside a batch response. */
	private static final Map<String, Integer> STATUS = Map.of("AccessDenied", 403, "InternalError", 500, "SlowDown",
			503, "ServiceUnavailable", 503);

	private final String code;

	private final boolean permanent;

	private StoreFailure(ProblemType type, String detail, Exception cause, String code, boolean permanent) {
		super(type, detail, cause);
		this.code = code;
		this.permanent = permanent;
	}

	/** The store's error code; empty if it gave none. */
	public String code() {
		return this.code;
	}

	/** Whether the store does not know the object or the upload. */
	public boolean notFound() {
		// Ceph calls an aborted upload NoSuchKey; HEAD has no body to say more than 404.
		return Set.of("NoSuchUpload", "NoSuchKey", "404").contains(this.code)
				|| (status() == 404 && !this.code.equals("NoSuchBucket"));
	}

	/** Whether the store will never do what was asked. */
	public boolean unsupported() {
		return type() == ProblemType.STORE_CANNOT;
	}

	/** Whether a retry is useless until somebody fixes the cause. */
	public boolean permanent() {
		return this.permanent;
	}

	static StoreFailure of(SdkException failure, StoreConnection store, String bucket) {
		if (failure instanceof AwsServiceException refusal) {
			ProblemType type = type(refusal);
			String code = code(refusal);
			StoreFailure told = new StoreFailure(type, words(refusal, store, bucket), failure, code,
					type != ProblemType.STORE_UNREACHABLE && !TRANSIENT.contains(code));
			if (!code.isEmpty()) {
				told.with("store_code", code);
			}
			return told;
		}
		return new StoreFailure(ProblemType.STORE_UNREACHABLE, words(failure, store), failure, "", false);
	}

	/**
	 * The failure for one object that a batch delete kept, as if it had been deleted
	 * alone.
	 */
	static StoreFailure of(S3Error kept, StoreConnection store, String bucket) {
		return of(S3Exception.builder()
			.statusCode(STATUS.getOrDefault(Objects.requireNonNullElse(kept.code(), ""), 409))
			.awsErrorDetails(AwsErrorDetails.builder()
				.errorCode(kept.code())
				.errorMessage(kept.key() + ": " + kept.message())
				.build())
			.build(), store, bucket);
	}

	/** The store broke off in the middle of sending an object. */
	static StoreFailure brokenOff(Exception failure, StoreConnection store) {
		return new StoreFailure(ProblemType.STORE_UNREACHABLE,
				"%s broke off in the middle of an object (%s): check its load and the network, then try again."
					.formatted(sentence(store.toString()), reason(failure)),
				failure, "", false);
	}

	private static String reason(Exception failure) {
		return Objects.requireNonNullElse(failure.getMessage(), failure.getClass().getSimpleName())
			.replaceFirst("[.\\s]+$", "");
	}

	/** The same failure with another type and detail, for a caller that knows more. */
	public StoreFailure as(ProblemType type, String detail) {
		StoreFailure told = new StoreFailure(type, detail, this, this.code, this.permanent);
		properties().forEach(told::with);
		return told;
	}

	/** The HTTP status of the store's response; 0 if there was none. */
	public int status() {
		return switch (getCause()) {
			case AwsServiceException refusal -> refusal.statusCode();
			case StoreFailure original -> original.status();
			case null, default -> 0;
		};
	}

	/** The store's error message. */
	public String told() {
		return switch (getCause()) {
			case AwsServiceException refusal -> told(refusal.awsErrorDetails());
			case StoreFailure original -> original.told();
			case null, default -> detail();
		};
	}

	private static ProblemType type(AwsServiceException refusal) {
		if (isUnsupported(refusal)) {
			return ProblemType.STORE_CANNOT;
		}
		boolean busy = refusal.isThrottlingException() || refusal.statusCode() >= 500;
		return busy ? ProblemType.STORE_UNREACHABLE : ProblemType.STORE_REFUSED;
	}

	private static boolean isUnsupported(AwsServiceException refusal) {
		return UNSUPPORTED.contains(code(refusal)) || refusal.statusCode() == 501;
	}

	private static String words(AwsServiceException refusal, StoreConnection store, String bucket) {
		AwsErrorDetails details = refusal.awsErrorDetails();
		String code = code(refusal);
		if (isUnsupported(refusal)) {
			return "%s does not support what the call asked for (%s): unset the setting that asks for it, such as clipvault.upload.encryption, or use a store that supports it."
				.formatted(sentence(store.name()), told(details));
		}
		return switch (code) {
			case "NoSuchBucket" ->
				"The bucket '%s' does not exist: create it, or set AWS_S3_BUCKET to the right one.".formatted(bucket);
			case "InvalidAccessKeyId" ->
				"%s does not know this access key: check AWS_ACCESS_KEY_ID.".formatted(sentence(store.name()));
			case "SignatureDoesNotMatch" ->
				"The secret key does not match the access key: check AWS_SECRET_ACCESS_KEY.";
			case "ExpiredToken", "TokenRefreshRequired" ->
				"The temporary credentials have expired: fetch new ones and restart the service.";
			case "AccessDenied", "403" -> "%s refuses permission on the bucket '%s': allow this key the call (%s)."
				.formatted(sentence(store.name()), bucket, told(details));
			case "PermanentRedirect", "AuthorizationHeaderMalformed", "301" ->
				"The bucket '%s' is in another region than %s: set AWS_REGION to the bucket's region.".formatted(bucket,
						store.region());
			case "RequestTimeTooSkewed" ->
				"This machine's clock is off by more than the store allows: synchronize it with NTP.";
			case "BadDigest" ->
				"The bytes that reached %s are not the ones that were sent: check the network in between."
					.formatted(store.name());
			case "XAmzContentSHA256Mismatch" ->
				"The bytes that reached %s are not the ones that were sent: check the network in between, and if it happens with every file, set clipvault.storage.checksums=when_required."
					.formatted(store.name());
			default ->
				"%s answered %d %s: %s.".formatted(sentence(store.name()), refusal.statusCode(), code, told(details));
		};
	}

	private static String code(AwsServiceException refusal) {
		AwsErrorDetails details = refusal.awsErrorDetails();
		return (details == null) ? "" : Objects.requireNonNullElse(details.errorCode(), "");
	}

	private static String words(SdkException failure, StoreConnection store) {
		Throwable cause = failure;
		while (cause.getCause() != null) {
			cause = cause.getCause();
		}
		if (failure instanceof ApiCallTimeoutException || failure instanceof ApiCallAttemptTimeoutException) {
			return "%s did not answer in time: check its load and the network, then try again."
				.formatted(sentence(store.toString()));
		}
		if (cause instanceof ConnectionRequestTimeoutException) {
			return "All connections to %s are in use: wait until other calls have ended, then try again."
				.formatted(store);
		}
		if (cause instanceof UnknownHostException) {
			return "The host of %s is unknown: check AWS_ENDPOINT_URL_S3 and the DNS.".formatted(store);
		}
		return "%s could not be reached (%s): check the endpoint and the network, then try again."
			.formatted(sentence(store.toString()), cause.getMessage());
	}

	private static String told(@Nullable AwsErrorDetails details) {
		String message = (details == null) ? null : details.errorMessage();
		return (message == null) ? "it gave no reason" : message.replaceFirst("\\.+$", "");
	}

	private static String sentence(String words) {
		return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
	}

}
