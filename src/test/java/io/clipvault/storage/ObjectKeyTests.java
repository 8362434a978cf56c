package io.clipvault.storage;

import io.clipvault.problems.Problem;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ObjectKeyTests {

	@Test
	void keyWhenLongIsMeasuredInBytes() {
		assertThat(new ObjectKey("ü".repeat(512)).value()).hasSize(512);
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> new ObjectKey("ü".repeat(512) + "a"))
			.withMessageContaining("1,025");
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> new ObjectKey(""));
	}

}
