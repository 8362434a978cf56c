package io.clipvault.security;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ApiKeyTests {

	private static final String DIGEST = "9f".repeat(32);

	@Test
	void parseTakesNameRoleAndDigest() {
		assertThat(ApiKey.parse(" grafana:admin:" + "9F".repeat(32) + " "))
			.isEqualTo(new ApiKey("grafana", Role.ADMIN, DIGEST));
	}

	@ParameterizedTest
	@ValueSource(strings = { "ci:producer", "ci:producer:9f",
			"ci:boss:" + "9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f", "cv_secretsecretsecret",
			"a b:viewer:9f" })
	void parseOfAnotherTextSaysHowToMakeAnEntryWithoutShowingIt(String entry) {
		assertThatIllegalArgumentException().isThrownBy(() -> ApiKey.parse(entry))
			.withMessageContaining("new-key --name=ci --role=producer")
			.satisfies((refused) -> assertThat(refused.getMessage()).doesNotContain("secretsecret"));
	}

	@Test
	void idIsTheBeginningOfTheDigestSoThatTheLogAndTheSettingMatch() {
		assertThat(new ApiKey("ci", Role.VIEWER, DIGEST).caller()).hasToString("ci (9f9f9f9f)");
	}

	@Test
	void keyLongerThanTheBoundIsNotHashed() {
		assertThat(ApiKey.isPossible("cv_" + "a".repeat(125))).isTrue();
		assertThat(ApiKey.isPossible("cv_" + "a".repeat(126))).isFalse();
	}

}
