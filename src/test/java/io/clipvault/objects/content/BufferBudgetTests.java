package io.clipvault.objects.content;

import java.time.Duration;
import java.util.List;

import io.clipvault.objects.ObjectsSettings;
import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class BufferBudgetTests {

	private static ObjectsSettings settings(int partMegabytes, int memoryMegabytes) {
		return new ObjectsSettings(List.of(), DataSize.ofMegabytes(partMegabytes),
				DataSize.ofMegabytes(memoryMegabytes), DataSize.ofGigabytes(5), DataSize.ofMegabytes(512), 8);
	}

	@Test
	void takeWhenMemoryIsUsedUpIsRefusedUntilABufferIsClosed() {
		BufferBudget budget = new BufferBudget(settings(5, 5), Duration.ZERO);
		try (BufferBudget.Buffer all = budget.take(5 * 1024 * 1024)) {
			assertThat(all.bytes()).hasSize(5 * 1024 * 1024);
			assertThatExceptionOfType(Problem.class).isThrownBy(() -> budget.take(1))
				.satisfies((problem) -> assertThat(problem.type()).isEqualTo(ProblemType.UPLOADS_BUSY));
			assertThat(budget.take(0).bytes()).isEmpty();
		}
		budget.take(1).close();
	}

	@Test
	void settingsWhenOutOfBoundsAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> settings(4, 64)).withMessageContaining("part-size");
		assertThatIllegalArgumentException().isThrownBy(() -> settings(8, 7)).withMessageContaining("buffer-memory");
	}

}
