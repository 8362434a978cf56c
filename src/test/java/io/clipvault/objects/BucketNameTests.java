package io.clipvault.objects;

import io.clipvault.problems.Problem;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class BucketNameTests {

	@ParameterizedTest
	@ValueSource(strings = { "abc", "openshorts.app-clips", "0-0",
			"a23456789012345678901234567890123456789012345678901234567890123" })
	void checkWhenNameIsGoodLetsItPass(String name) {
		assertThatCode(() -> BucketName.check(name)).doesNotThrowAnyException();
	}

	@ParameterizedTest
	@CsvSource({ "ab,2 characters", "a234567890123456789012345678901234567890123456789012345678901234,64 characters",
			"My-bucket,'M'", "my_bucket,'_'", "büro,'ü'", "-abc,start and end", "abc.,start and end", "a..b,two dots",
			"192.168.1.1,IP address", "xn--abc,'xn--'", "abc-s3alias,'-s3alias'" })
	void checkWhenNameIsBadNamesTheRule(String name, String rule) {
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> BucketName.check(name)).withMessageContaining(rule);
	}

}
