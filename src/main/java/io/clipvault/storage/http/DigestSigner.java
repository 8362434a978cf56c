package io.clipvault.storage.http;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.codec.digest.HmacAlgorithms;
import org.apache.commons.codec.digest.HmacUtils;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.AsyncSignRequest;
import software.amazon.awssdk.http.auth.spi.signer.AsyncSignedRequest;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignRequest;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;
import software.amazon.awssdk.utils.http.SdkHttpUtils;

/**
 * Signs a request with the SHA-256 of its body that the header {@link #CONTENT_SHA256}
 * already carries. The SDK's own signer would hash the body again over http, and over
 * https leave it out of the signature, so that the store could not verify it. A request
 * without that header is signed by the SDK.
 */
public final class DigestSigner implements AwsV4HttpSigner {

	public static final String CONTENT_SHA256 = "x-amz-content-sha256";

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT)
		.withZone(ZoneOffset.UTC);

	private static final String SIGNED_WITH_VALUE = "x-amz-";

	private final AwsV4HttpSigner sdk = AwsV4HttpSigner.create();

	@Override
	public SignedRequest sign(SignRequest<? extends AwsCredentialsIdentity> request) {
		Optional<String> digest = request.request().firstMatchingHeader(CONTENT_SHA256);
		if (digest.isEmpty()) {
			return this.sdk.sign(request);
		}
		Instant now = request.requireProperty(HttpSigner.SIGNING_CLOCK, Clock.systemUTC()).instant();
		String time = TIME.format(now);
		AwsCredentialsIdentity keys = request.identity();
		// The SDK would compute its own checksum by reading the body again.
		SdkHttpRequest.Builder signed = request.request()
			.toBuilder()
			.removeHeader("x-amz-sdk-checksum-algorithm")
			.putHeader("Host", host(request.request()))
			.putHeader("X-Amz-Date", time);
		if (keys instanceof AwsSessionCredentialsIdentity session) {
			signed.putHeader("X-Amz-Security-Token", session.sessionToken());
		}
		List<String> scope = List.of(time.substring(0, 8), request.requireProperty(REGION_NAME),
				request.requireProperty(SERVICE_SIGNING_NAME), "aws4_request");
		SortedMap<String, String> headers = headers(signed.headers());
		String names = String.join(";", headers.keySet());
		String canonical = String.join("\n", signed.method().name(), signed.encodedPath(),
				query(signed.rawQueryParameters()),
				headers.entrySet()
					.stream()
					.map((header) -> header.getKey() + ":" + header.getValue() + "\n")
					.collect(Collectors.joining()),
				names, digest.get());
		String toSign = String.join("\n", "AWS4-HMAC-SHA256", time, String.join("/", scope),
				DigestUtils.sha256Hex(canonical));
		byte[] key = ("AWS4" + keys.secretAccessKey()).getBytes(StandardCharsets.UTF_8);
		for (String step : scope) {
			key = hmac(key).hmac(step);
		}
		signed.putHeader("Authorization", "AWS4-HMAC-SHA256 Credential=%s/%s, SignedHeaders=%s, Signature=%s"
			.formatted(keys.accessKeyId(), String.join("/", scope), names, hmac(key).hmacHex(toSign)));
		return SignedRequest.builder().request(signed.build()).payload(request.payload().orElse(null)).build();
	}

	@Override
	public CompletableFuture<AsyncSignedRequest> signAsync(AsyncSignRequest<? extends AwsCredentialsIdentity> request) {
		return this.sdk.signAsync(request);
	}

	private static String host(SdkHttpRequest request) {
		return SdkHttpUtils.isUsingStandardPort(request.protocol(), request.port()) ? request.host()
				: request.host() + ":" + request.port();
	}

	private static SortedMap<String, String> headers(Map<String, List<String>> all) {
		SortedMap<String, String> signed = new TreeMap<>();
		all.forEach((name, values) -> {
			String lower = name.toLowerCase(Locale.ROOT);
			if (lower.startsWith(SIGNED_WITH_VALUE) || lower.equals("host") || lower.equals("content-type")) {
				signed.put(lower,
						values.stream()
							.map((value) -> value.strip().replaceAll(" +", " "))
							.collect(Collectors.joining(",")));
			}
		});
		return signed;
	}

	/** A signature needs the equals sign also after a parameter without a value. */
	private static String query(Map<String, List<String>> parameters) {
		return new TreeMap<>(SdkHttpUtils.encodeQueryParameters(parameters)).entrySet()
			.stream()
			.flatMap((parameter) -> parameter.getValue()
				.stream()
				.map((value) -> parameter.getKey() + "=" + Objects.requireNonNullElse(value, ""))
				.sorted())
			.collect(Collectors.joining("&"));
	}

	private static HmacUtils hmac(byte[] key) {
		return new HmacUtils(HmacAlgorithms.HMAC_SHA_256, key);
	}

}
