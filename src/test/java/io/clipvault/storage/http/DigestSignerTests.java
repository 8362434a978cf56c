package io.clipvault.storage.http;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

import static org.assertj.core.api.Assertions.assertThat;

class DigestSignerTests {

	private static final byte[] BODY = "the bytes".getBytes(StandardCharsets.UTF_8);

	private static final AwsCredentialsIdentity KEYS = AwsSessionCredentialsIdentity.create("access", "secret",
			"token");

	private static SdkHttpRequest signed(AwsV4HttpSigner signer, String address,
			Consumer<SdkHttpRequest.Builder> change) {
		SdkHttpRequest.Builder request = SdkHttpFullRequest.builder()
			.method(SdkHttpMethod.PUT)
			.uri(URI.create(address))
			.putHeader("x-amz-meta-title", " two   words ")
			.putHeader("Content-Type", "video/mp4");
		change.accept(request);
		return signer
			.sign(SignRequest.builder(KEYS)
				.request(request.build())
				.payload(() -> new ByteArrayInputStream(BODY))
				.putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, "s3")
				.putProperty(AwsV4HttpSigner.REGION_NAME, "eu-west-1")
				.putProperty(AwsV4FamilyHttpSigner.DOUBLE_URL_ENCODE, false)
				.putProperty(AwsV4FamilyHttpSigner.NORMALIZE_PATH, false)
				.putProperty(HttpSigner.SIGNING_CLOCK,
						Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC))
				.build())
			.request();
	}

	private static String digest() {
		try {
			return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(BODY));
		}
		catch (GeneralSecurityException impossible) {
			throw new IllegalStateException(impossible);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://127.0.0.1:8484/bucket/job/a%20%C3%A9%2Bb.mp4?partNumber=2&uploadId=a%2Fb~c*d",
			"https://bucket.s3.eu-west-1.amazonaws.com/job/clip.mp4", "http://store.example/bucket/x?acl" })
	void signWithADigestIsWhatTheSdkSignsAfterReadingTheBody(String address) {
		SdkHttpRequest own = signed(new DigestSigner(), address,
				(request) -> request.putHeader(DigestSigner.CONTENT_SHA256, digest()));
		SdkHttpRequest theirs = signed(AwsV4HttpSigner.create(), address, (request) -> {
		});
		assertThat(own.firstMatchingHeader(DigestSigner.CONTENT_SHA256)).hasValue(digest());
		assertThat(own.firstMatchingHeader("Authorization")).isEqualTo(theirs.firstMatchingHeader("Authorization"));
	}

	@Test
	void signWithoutADigestIsLeftToTheSdk() {
		SdkHttpRequest own = signed(new DigestSigner(), "http://store.example/x", (request) -> {
		});
		assertThat(own.firstMatchingHeader(DigestSigner.CONTENT_SHA256)).hasValue(digest());
	}

}
