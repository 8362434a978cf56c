package io.clipvault.objects;

import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ObjectKeyTests {

	@ParameterizedTest
	@CsvSource({ "a%2Fb,a/b", "a/b,a/b", "%C3%BC,ü", "a+b,a+b", "a;b=c,a;b=c", "%252F,%2F", "/a,/a", "a//b,a//b" })
	void ofPathWhenEncodedIsDecodedOnce(String raw, String key) {
		assertThat(ObjectKey.ofPath(raw).value()).isEqualTo(key);
	}

	@ParameterizedTest
	@ValueSource(strings = { ".", "..", "a/../b", "a/%2E%2E/b", "%2e", "a/." })
	void ofPathWhenThereAreDotsIsRefusedWithTheWayRound(String raw) {
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> ObjectKey.ofPath(raw))
			.withMessageContaining("/object?key=")
			.satisfies((problem) -> assertThat(problem.type()).isEqualTo(ProblemType.INVALID_OBJECT_KEY));
	}

	@ParameterizedTest
	@CsvSource({ "a+b,a b", "a%2Bb,a+b", "..%2Fup,../up", "%2F%2F,//" })
	void ofQueryWhenPlusIsASpace(String raw, String key) {
		assertThat(ObjectKey.ofQuery(raw).value()).isEqualTo(key);
	}

	@ParameterizedTest
	@ValueSource(strings = { "%", "%4", "%GG", "%FF", "%C3", "%ED%A0%80", "ü", "%00", "%7F", "%0A", "%EF%BF%BE" })
	void ofQueryWhenItCannotBeCarriedIsRefused(String raw) {
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> ObjectKey.ofQuery(raw))
			.satisfies((problem) -> assertThat(problem.type()).isEqualTo(ProblemType.INVALID_OBJECT_KEY));
	}

	@Test
	void keyWhenLongIsMeasuredInBytes() {
		assertThat(new ObjectKey("ü".repeat(512)).value()).hasSize(512);
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> new ObjectKey("ü".repeat(512) + "a"))
			.withMessageContaining("1,025");
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> new ObjectKey(""));
	}

}
