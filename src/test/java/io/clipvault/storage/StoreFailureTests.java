package io.clipvault.storage;

import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;

import io.clipvault.problems.ProblemType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

import static org.assertj.core.api.Assertions.assertThat;

class StoreFailureTests {

	private static final StoreConnection STORE = new StoreConnection("the S3-compatible store",
			URI.create("http://127.0.0.1:9"), "eu-west-1", "access", "secret");

	private static StoreFailure failure(SdkException cause) {
		return StoreFailure.of(cause, STORE, "clips");
	}

	private static SdkException refusal(int status, String code) {
		return S3Exception.builder()
			.statusCode(status)
			.awsErrorDetails(AwsErrorDetails.builder().errorCode(code).errorMessage("Because.").build())
			.build();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					404 | NoSuchBucket              | The bucket 'clips' does not exist
					403 | InvalidAccessKeyId        | check AWS_ACCESS_KEY_ID
					403 | SignatureDoesNotMatch     | check AWS_SECRET_ACCESS_KEY
					400 | ExpiredToken              | temporary credentials have expired
					403 | AccessDenied              | refuses permission on the bucket 'clips': allow this key the call (Because)
					301 | PermanentRedirect         | is in another region than eu-west-1: set AWS_REGION
					403 | RequestTimeTooSkewed      | clock
					400 | XAmzContentSHA256Mismatch | clipvault.storage.checksums=when_required
					409 | Strange                   | The S3-compatible store answered 409 Strange: Because.
					""")
	void ofWhenTheStoreRefusesSaysHowToFixIt(int status, String code, String words) {
		assertThat(failure(refusal(status, code)).detail()).contains(words);
		assertThat(failure(refusal(status, code)).type()).isEqualTo(ProblemType.STORE_REFUSED);
	}

	@ParameterizedTest
	@CsvSource({ "501, NotImplemented", "501, XNotImplemented", "501, Whatever", "400, NotImplemented" })
	void ofWhenTheStoreWillNeverDoItIsPermanentAndGivesItsReason(int status, String code) {
		StoreFailure failure = failure(refusal(status, code));
		assertThat(failure.type()).isEqualTo(ProblemType.STORE_CANNOT);
		assertThat(failure.permanent()).isTrue();
		assertThat(failure.detail()).contains("does not support", "Because").doesNotContain("checksums");
	}

	@ParameterizedTest
	@CsvSource({ "503, SlowDown", "500, InternalError" })
	void ofWhenTheStoreIsBusyIsUnreachable(int status, String code) {
		assertThat(failure(refusal(status, code)).type()).isEqualTo(ProblemType.STORE_UNREACHABLE);
	}

	@Test
	void ofWhenNobodyListensNamesTheAddressAndNoKey() {
		StoreFailure failure = failure(SdkClientException.create("no", new ConnectException("Connection refused")));
		assertThat(failure.type()).isEqualTo(ProblemType.STORE_UNREACHABLE);
		assertThat(failure.detail()).contains("http://127.0.0.1:9", "Connection refused").doesNotContain("secret");
	}

	@Test
	void ofWhenTheHostIsUnknownNamesTheVariable() {
		assertThat(failure(SdkClientException.create("no", new UnknownHostException("nowhere"))).detail())
			.contains("AWS_ENDPOINT_URL_S3");
	}

}
