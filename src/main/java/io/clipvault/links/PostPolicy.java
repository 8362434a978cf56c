package io.clipvault.links;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import tools.jackson.databind.json.JsonMapper;

/**
 * The policy of a browser's upload form, signed with Signature Version 4. The SDK has no
 * presigned POST.
 */
public record PostPolicy(String bucket, String key, String contentType, long maxBytes) {

	private static final String ALGORITHM = "AWS4-HMAC-SHA256";

	private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyyMMdd").withZone(ZoneOffset.UTC);

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'")
		.withZone(ZoneOffset.UTC);

	private static final DateTimeFormatter EXPIRATION = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'")
		.withZone(ZoneOffset.UTC);

	private static final JsonMapper JSON = new JsonMapper();

	/** The fields of the form in the order in which they are sent, before the file. */
	public Map<String, String> sign(AwsCredentials credentials, String region, Instant now, Instant end) {
		String day = DAY.format(now);
		Map<String, String> exact = new LinkedHashMap<>();
		exact.put("key", this.key);
		exact.put("Content-Type", this.contentType);
		// Without it the answer is an empty 204, and Uppy finds no location in it.
		exact.put("success_action_status", "201");
		exact.put("x-amz-algorithm", ALGORITHM);
		exact.put("x-amz-credential", "%s/%s/%s/s3/aws4_request".formatted(credentials.accessKeyId(), day, region));
		exact.put("x-amz-date", TIME.format(now));
		if (credentials instanceof AwsSessionCredentials session) {
			exact.put("x-amz-security-token", session.sessionToken());
		}
		String policy = Base64.getEncoder().encodeToString(document(exact, end));
		Map<String, String> fields = new LinkedHashMap<>(exact);
		fields.put("policy", policy);
		fields.put("x-amz-signature",
				HexFormat.of().formatHex(hmac(signingKey(credentials.secretAccessKey(), day, region, "s3"), policy)));
		return fields;
	}

	private byte[] document(Map<String, String> exact, Instant end) {
		List<Object> conditions = new ArrayList<>();
		conditions.add(Map.of("bucket", this.bucket));
		exact.forEach((field, value) -> conditions.add(List.of("eq", "$" + field, value)));
		conditions.add(List.of("content-length-range", 0, this.maxBytes));
		Map<String, Object> document = new LinkedHashMap<>();
		document.put("expiration", EXPIRATION.format(end));
		document.put("conditions", conditions);
		return JSON.writeValueAsBytes(document);
	}

	static byte[] signingKey(String secret, String day, String region, String service) {
		byte[] key = hmac(("AWS4" + secret).getBytes(StandardCharsets.UTF_8), day);
		return hmac(hmac(hmac(key, region), service), "aws4_request");
	}

	static byte[] hmac(byte[] key, String text) {
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
