package io.clipvault.objects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class BucketPolicyTests {

	private static BucketPolicy statement(String rest) {
		return BucketPolicy.read("{\"Statement\": [{" + rest + "}]}");
	}

	@ParameterizedTest
	@ValueSource(strings = {
			"'Effect': 'Allow', 'Principal': '*', 'Action': 's3:GetObject', 'Resource': 'arn:aws:s3:::b/*'",
			"'Effect': 'Allow', 'Principal': {'AWS': '*'}, 'Action': ['s3:ListBucket', 's3:Get*'], 'Resource': ['arn:aws:s3:::b/pub/*']",
			"'Effect': 'Allow', 'Principal': {'AWS': ['*']}, 'Action': '*', 'Resource': '*'" })
	void letsAnyoneReadWhenAllowed(String rest) {
		assertThat(statement(rest.replace('\'', '"')).letsAnyoneRead("b", "pub/a.b")).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = {
			"'Effect': 'Allow', 'Principal': '*', 'Action': 's3:GetObject', 'Resource': 'arn:aws:s3:::b/pub/x*'",
			"'Effect': 'Allow', 'Principal': '*', 'Action': 's3:ListBucket', 'Resource': 'arn:aws:s3:::b/*'",
			"'Effect': 'Allow', 'Principal': {'AWS': '123456789012'}, 'Action': 's3:GetObject', 'Resource': 'arn:aws:s3:::b/*'",
			"'Effect': 'Deny', 'Principal': '*', 'Action': 's3:GetObject', 'Resource': 'arn:aws:s3:::b/*'",
			"'Effect': 'Allow', 'Principal': '*', 'Action': 's3:GetObject', 'Resource': 'arn:aws:s3:::b/*', 'Condition': {'IpAddress': {}}" })
	void letsAnyoneReadWhenThePolicyDoesNotMatchIsFalse(String rest) {
		assertThat(statement(rest.replace('\'', '"')).letsAnyoneRead("b", "pub/a.b")).isFalse();
	}

	@Test
	@Timeout(5)
	void letsAnyoneReadWhenThePatternHasManyStarsIsFoundOutAtOnce() {
		String stars = "a*".repeat(30) + "b";
		BucketPolicy policy = statement(
				"'Effect': 'Allow', 'Principal': '*', 'Action': 's3:GetObject', 'Resource': 'arn:aws:s3:::b/%s'"
					.formatted(stars)
					.replace('\'', '"'));
		assertThat(policy.letsAnyoneRead("b", "a".repeat(1000))).isFalse();
		assertThat(policy.letsAnyoneRead("b", "a".repeat(1000) + "b")).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "a?c, abc, true", "a?c, ac, false", "a?*c, abxc, true", "*.mp4, talk.mp4, true",
			"*.mp4, talk.mp3, false", "talk*, talk, true", "talk?, talk, false", "*b*b*, abab, true" })
	void letsAnyoneReadWhenThePatternHasWildcardsFollowsThem(String pattern, String key, boolean readable) {
		BucketPolicy policy = statement(
				"'Effect': 'Allow', 'Principal': '*', 'Action': 's3:GetObject', 'Resource': 'arn:aws:s3:::b/%s'"
					.formatted(pattern)
					.replace('\'', '"'));
		assertThat(policy.letsAnyoneRead("b", key)).isEqualTo(readable);
	}

	@Test
	void readWhenNotJsonLetsNobody() {
		assertThat(BucketPolicy.read("no")).isEqualTo(BucketPolicy.NONE);
	}

}
