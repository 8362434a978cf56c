package io.clipvault.objects.content;

import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ObjectKeyArgumentTests {

	@ParameterizedTest
	@CsvSource({ "a%2Fb,a/b", "a/b,a/b", "%C3%BC,ü", "a+b,a+b", "a;b=c,a;b=c", "%252F,%2F", "/a,/a", "a//b,a//b" })
	void ofPathWhenEncodedIsDecodedOnce(String raw, String key) {
		assertThat(ObjectKeyArgument.ofPath(raw).value()).isEqualTo(key);
	}

	@ParameterizedTest
	@ValueSource(strings = { ".", "..", "a/../b", "a/%2E%2E/b", "%2e", "a/." })
	void ofPathWhenKeyHasADotSegmentIsRefusedAndNamesTheQueryForm(String raw) {
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> ObjectKeyArgument.ofPath(raw))
			.withMessageContaining("/object?key=")
			.satisfies((problem) -> assertThat(problem.type()).isEqualTo(ProblemType.INVALID_OBJECT_KEY));
	}

	@ParameterizedTest
	@CsvSource({ "a+b,a b", "a%2Bb,a+b", "..%2Fup,../up", "%2F%2F,//" })
	void ofQueryReadsPlusAsASpace(String raw, String key) {
		assertThat(ObjectKeyArgument.ofQuery(raw).value()).isEqualTo(key);
	}

	@ParameterizedTest
	@ValueSource(strings = { "%", "%4", "%GG", "%FF", "%C3", "%ED%A0%80", "ü", "%00", "%7F", "%0A", "%EF%BF%BE" })
	void ofQueryWhenKeyCannotBeStoredIsRefused(String raw) {
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> ObjectKeyArgument.ofQuery(raw))
			.satisfies((problem) -> assertThat(problem.type()).isEqualTo(ProblemType.INVALID_OBJECT_KEY));
	}

}
