package io.clipvault.storage;

import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;

import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;

/** A call to the store that failed, with the sentence that repairs it. */
public final class StoreFailure extends Problem {

	private StoreFailure(ProblemType type, String detail, SdkException cause) {
		super(type, detail, cause);
	}

	static StoreFailure of(SdkException failure, StoreConnection store, String bucket) {
		if (failure instanceof AwsServiceException refusal) {
			ProblemType type = busy(refusal) ? ProblemType.STORE_UNREACHABLE : ProblemType.STORE_REFUSED;
			StoreFailure told = new StoreFailure(type, words(refusal, store, bucket), failure);
			if (!told.code().isEmpty()) {
				told.with("store_code", told.code());
			}
			return told;
		}
		return new StoreFailure(ProblemType.STORE_UNREACHABLE, words(failure, store), failure);
	}

	/** The store's own name for the failure; empty where it gave none. */
	public String code() {
		return (getCause() instanceof AwsServiceException refusal) ? code(refusal.awsErrorDetails()) : "";
	}

	/** The HTTP status of the store's answer; 0 where it gave none. */
	public int status() {
		return (getCause() instanceof AwsServiceException refusal) ? refusal.statusCode() : 0;
	}

	/** The store's own words. */
	public String told() {
		return (getCause() instanceof AwsServiceException refusal) ? told(refusal.awsErrorDetails()) : detail();
	}

	private static String code(@Nullable AwsErrorDetails details) {
		return (details == null) ? "" : Objects.requireNonNullElse(details.errorCode(), "");
	}

	private static boolean busy(AwsServiceException refusal) {
		return refusal.isThrottlingException() || refusal.statusCode() >= 500;
	}

	private static String words(AwsServiceException refusal, StoreConnection store, String bucket) {
		AwsErrorDetails details = refusal.awsErrorDetails();
		String code = code(details);
		return switch (code) {
			case "NoSuchBucket" ->
				"The bucket '%s' does not exist: create it, or set AWS_S3_BUCKET to the right one.".formatted(bucket);
			case "InvalidAccessKeyId" ->
				"%s does not know this access key: check AWS_ACCESS_KEY_ID.".formatted(sentence(store.name()));
			case "SignatureDoesNotMatch" -> "The secret key does not fit the access key: check AWS_SECRET_ACCESS_KEY.";
			case "ExpiredToken", "TokenRefreshRequired" ->
				"The temporary credentials have expired: fetch new ones and restart the service.";
			case "AccessDenied", "403" -> "%s refuses permission on the bucket '%s': allow this key the call (%s)."
				.formatted(sentence(store.name()), bucket, told(details));
			case "PermanentRedirect", "AuthorizationHeaderMalformed", "301" ->
				"The bucket '%s' is in another region than %s: set AWS_REGION to the bucket's own.".formatted(bucket,
						store.region());
			case "RequestTimeTooSkewed" -> "This machine's clock is off by more than the store allows: set it by NTP.";
			case "XAmzContentSHA256Mismatch", "NotImplemented" ->
				"%s does not support what the call asked for: set clipvault.storage.checksums=when_required (%s)."
					.formatted(sentence(store.name()), told(details));
			default ->
				"%s answered %d %s: %s.".formatted(sentence(store.name()), refusal.statusCode(), code, told(details));
		};
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
