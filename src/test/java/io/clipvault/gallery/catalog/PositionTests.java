package io.clipvault.gallery.catalog;

import java.util.List;

import io.clipvault.layouts.JobId;
import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PositionTests {

	@ParameterizedTest
	@ValueSource(strings = { "talk", "", "a|b||", "été 😀", "\u200F\u05D0" })
	void cursorWhenReadBackIsTheSamePosition(String title) {
		Position position = new Position(1_763_640_000_123L, new JobId("a-job.1"), title, 7);
		assertThat(Position.of(position.cursor())).isEqualTo(position);
		assertThat(position.cursor()).matches("[A-Za-z0-9_-]+");
	}

	@ParameterizedTest
	@ValueSource(strings = { "x", "%%%", "MTIz", "MQBiYWQgam9iAHQAMg", "eABqAHQAMg", "MQBqAHQAeQ", "MQBqAHQ" })
	void ofWhenForeignIsRefused(String cursor) {
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> Position.of(cursor))
			.satisfies((problem) -> assertThat(problem.type()).isEqualTo(ProblemType.INVALID_REQUEST))
			.withMessageContaining("'cursor'");
	}

	@Test
	void orderIsNewestFirstThenByJobTitleAndIndex() {
		JobId a = new JobId("a");
		JobId b = new JobId("b");
		assertThat(List.of(new Position(2, b, "z", 9), new Position(1, a, "s", 0), new Position(1, a, "t", 1),
				new Position(1, a, "t", 10), new Position(1, b, "a", 0)))
			.isSorted();
	}

}
