package io.clipvault.links;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class PostPolicyTests {

	private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

	private static final PostPolicy POLICY = new PostPolicy("clips", "_uploads/talk-a1b2c3d4.mp4", "video/mp4", 1000);

	/** From "Examples of how to derive a signing key" in the AWS General Reference. */
	@Test
	void signingKeyWhenInputIsThatOfAwsIsTheirKey() {
		byte[] key = PostPolicy.signingKey("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "20150830", "us-east-1", "iam");

		assertThat(HexFormat.of().formatHex(key))
			.isEqualTo("c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9");
	}

	/**
	 * From "Example: Browser-Based Upload using HTTP POST (Using AWS Signature Version
	 * 4)" in the Amazon S3 API Reference, its line ends included.
	 */
	@Test
	void signatureWhenPolicyIsThatOfAwsIsTheirSignature() {
		String policy = """
				{ "expiration": "2015-12-30T12:00:00.000Z",
				  "conditions": [
				    {"bucket": "sigv4examplebucket"},
				    ["starts-with", "$key", "user/user1/"],
				    {"acl": "public-read"},
				    {"success_action_redirect": "http://sigv4examplebucket.s3.amazonaws.com/successful_upload.html"},
				    ["starts-with", "$Content-Type", "image/"],
				    {"x-amz-meta-uuid": "14365123651274"},
				    {"x-amz-server-side-encryption": "AES256"},
				    ["starts-with", "$x-amz-meta-tag", ""],

				    {"x-amz-credential": "AKIAIOSFODNN7EXAMPLE/20151229/us-east-1/s3/aws4_request"},
				    {"x-amz-algorithm": "AWS4-HMAC-SHA256"},
				    {"x-amz-date": "20151229T000000Z" }
				  ]
				}""".replace("\n", "\r\n");
		byte[] key = PostPolicy.signingKey("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "20151229", "us-east-1", "s3");

		assertThat(
				HexFormat.of()
					.formatHex(PostPolicy.hmac(key,
							Base64.getEncoder().encodeToString(policy.getBytes(StandardCharsets.UTF_8)))))
			.isEqualTo("8afdbf4008c03f22c2cd3cdb72e4afbb1f6a588f3255ac628749a66d7f09699e");
	}

	@Test
	void signSaysExactlyWhatTheFormMaySend() {
		Map<String, String> fields = POLICY.sign(AwsBasicCredentials.create("AKID", "secret"), "eu-west-1", NOW,
				NOW.plusSeconds(3600));

		assertThat(fields.keySet()).containsExactly("key", "Content-Type", "success_action_status", "x-amz-algorithm",
				"x-amz-credential", "x-amz-date", "policy", "x-amz-signature");
		assertThat(fields).containsEntry("x-amz-credential", "AKID/20260102/eu-west-1/s3/aws4_request")
			.containsEntry("x-amz-date", "20260102T030405Z")
			.doesNotContainValue("secret");
		JsonNode policy = document(fields);
		assertThat(policy.path("expiration").asString()).isEqualTo("2026-01-02T04:04:05.000Z");
		assertThat(policy.path("conditions").valueStream().map(JsonNode::toString)).contains("{\"bucket\":\"clips\"}",
				"[\"eq\",\"$key\",\"_uploads/talk-a1b2c3d4.mp4\"]", "[\"eq\",\"$Content-Type\",\"video/mp4\"]",
				"[\"content-length-range\",0,1000]");
	}

	@Test
	void signWhenCredentialsAreTemporaryCarriesAndSignsTheirToken() {
		Map<String, String> fields = POLICY.sign(AwsSessionCredentials.create("AKID", "secret", "to/ken+=="),
				"eu-west-1", NOW, NOW.plusSeconds(3600));

		assertThat(fields).containsEntry("x-amz-security-token", "to/ken+==");
		assertThat(document(fields).path("conditions").valueStream().map(JsonNode::toString))
			.contains("[\"eq\",\"$x-amz-security-token\",\"to/ken+==\"]");
	}

	private static JsonNode document(Map<String, String> fields) {
		return new JsonMapper().readTree(Base64.getDecoder().decode(fields.get("policy")));
	}

}
