package io.clipvault.objects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
	void readWhenNotJsonLetsNobody() {
		assertThat(BucketPolicy.read("no")).isEqualTo(BucketPolicy.NONE);
	}

}
