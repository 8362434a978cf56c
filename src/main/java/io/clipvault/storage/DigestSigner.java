package io.clipvault.storage;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.AsyncSignRequest;
import software.amazon.awssdk.http.auth.spi.signer.AsyncSignedRequest;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignRequest;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/**
 * Signs a body by the digest that the request brings along, over https too. The SDK's own
 * signer would read and hash every body once more over http, and over https leave it out
 * of the signature; so the store checks each byte and each is hashed once. A request
 * without a digest is signed by the SDK.
 */
final class DigestSigner implements AwsV4HttpSigner {

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT)
		.withZone(ZoneOffset.UTC);

	private static final String SIGNED_WITH_VALUE = "x-amz-";

	private final AwsV4HttpSigner other = AwsV4HttpSigner.create();

	@Override
	public SignedRequest sign(SignRequest<? extends AwsCredentialsIdentity> request) {
		Optional<String> digest = request.request().firstMatchingHeader(Store.CONTENT_SHA256);
		if (digest.isEmpty()) {
			return this.other.sign(request);
		}
		Instant now = request.requireProperty(HttpSigner.SIGNING_CLOCK, Clock.systemUTC()).instant();
		String time = TIME.format(now);
		AwsCredentialsIdentity keys = request.identity();
		// The SDK's own checksum would need a second look at the body.
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
		String canonical = String.join("\n", signed.method().name(), path(signed.encodedPath()),
				query(signed.rawQueryParameters()),
				headers.entrySet()
					.stream()
					.map((header) -> header.getKey() + ":" + header.getValue() + "\n")
					.collect(Collectors.joining()),
				names, digest.get());
		String toSign = String.join("\n", "AWS4-HMAC-SHA256", time, String.join("/", scope), sha256(canonical));
		byte[] key = ("AWS4" + keys.secretAccessKey()).getBytes(StandardCharsets.UTF_8);
		for (String step : scope) {
			key = hmac(key, step);
		}
		signed.putHeader("Authorization", "AWS4-HMAC-SHA256 Credential=%s/%s, SignedHeaders=%s, Signature=%s".formatted(
				keys.accessKeyId(), String.join("/", scope), names, HexFormat.of().formatHex(hmac(key, toSign))));
		return SignedRequest.builder().request(signed.build()).payload(request.payload().orElse(null)).build();
	}

	@Override
	public CompletableFuture<AsyncSignedRequest> signAsync(AsyncSignRequest<? extends AwsCredentialsIdentity> request) {
		return this.other.signAsync(request);
	}

	private static String host(SdkHttpRequest request) {
		int usual = "https".equals(request.protocol()) ? 443 : 80;
		return (request.port() == usual) ? request.host() : request.host() + ":" + request.port();
	}

	private static String path(String encoded) {
		return encoded.isEmpty() ? "/" : encoded;
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

	private static String query(Map<String, List<String>> parameters) {
		SortedMap<String, String> encoded = new TreeMap<>();
		parameters.forEach((name, values) -> encoded.put(encode(name),
				values.stream()
					.map((value) -> encode(name) + "=" + encode((value == null) ? "" : value))
					.sorted()
					.collect(Collectors.joining("&"))));
		return String.join("&", encoded.values());
	}

	private static String encode(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8)
			.replace("+", "%20")
			.replace("*", "%2A")
			.replace("%7E", "~");
	}

	private static String sha256(String text) {
		try {
			return HexFormat.of()
				.formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
		}
		catch (GeneralSecurityException impossible) {
			throw new IllegalStateException("Every Java has SHA-256", impossible);
		}
	}

	private static byte[] hmac(byte[] key, String text) {
		try {
			Mac mac = Mac.getInstance("HmacSHA256");
			mac.init(new SecretKeySpec(key, "HmacSHA256"));
			return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
		}
		catch (GeneralSecurityException impossible) {
			throw new IllegalStateException("Every Java has HmacSHA256", impossible);
		}
	}

}
