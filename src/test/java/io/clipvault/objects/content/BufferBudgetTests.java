package io.clipvault.objects.content;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.clipvault.kit.Crowd;
import io.clipvault.objects.ObjectsSettings;
import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class BufferBudgetTests {

	private static final int PART = 5 << 20;

	static ObjectsSettings settings(int partMegabytes, int memoryMegabytes) {
		return new ObjectsSettings(List.of(), DataSize.ofMegabytes(partMegabytes),
				DataSize.ofMegabytes(memoryMegabytes), DataSize.ofGigabytes(5), DataSize.ofMegabytes(512), 8);
	}

	@Test
	void fillTakesMemoryOnlyForWhatArrives() throws IOException {
		BufferBudget budget = new BufferBudget(settings(5, 5), Duration.ZERO);
		try (BufferBudget.Buffer first = budget.open(); BufferBudget.Buffer second = budget.open()) {
			first.fill(zeros(0));
			assertThat(first.size()).isZero();
			second.fill(zeros(PART));
			assertThatExceptionOfType(Problem.class).isThrownBy(() -> first.fill(zeros(1)))
				.satisfies((problem) -> assertThat(problem.type()).isEqualTo(ProblemType.UPLOADS_BUSY));
		}
		try (BufferBudget.Buffer next = budget.open()) {
			next.fill(zeros(PART + 7));
			assertThat(next.size()).isEqualTo(PART);
		}
	}

	@Test
	void fillWhenManyBodiesArePartlyHereLetsTheOldestFillItsPart() throws Exception {
		BufferBudget budget = new BufferBudget(settings(5, 10), Duration.ofSeconds(20));
		BufferBudget.Buffer oldest = budget.open();
		List<CompletableFuture<Void>> others = new ArrayList<>();
		try (Crowd pausing = new Crowd(1)) {
			InputStream body = new SequenceInputStream(
					Collections.enumeration(List.of(zeros(1 << 20), pausing.body(0), zeros(PART))));
			pausing.enter(() -> fill(oldest, new PushbackInputStream(body)));
			for (int number = 0; number < 4; number++) {
				others.add(CompletableFuture.runAsync(() -> {
					try (BufferBudget.Buffer other = budget.open()) {
						fill(other, zeros(PART));
					}
				}));
			}
		}
		assertThat(oldest.size()).isEqualTo(PART);
		oldest.close();
		CompletableFuture.allOf(others.toArray(CompletableFuture[]::new)).get(10, TimeUnit.SECONDS);
	}

	@Test
	void bytesAreThoseThatArrivedAsOftenAsTheyAreAskedFor() throws IOException {
		byte[] content = new byte[3 * BufferBudget.CHUNK + 5];
		new Random(3).nextBytes(content);
		try (BufferBudget.Buffer buffer = new BufferBudget(settings(5, 5), Duration.ZERO).open()) {
			buffer.fill(new PushbackInputStream(new ByteArrayInputStream(content)));
			assertThat(buffer.bytes().readAllBytes()).isEqualTo(content);
			assertThat(buffer.bytes().readAllBytes()).isEqualTo(content);
		}
	}

	private static void fill(BufferBudget.Buffer buffer, PushbackInputStream body) {
		try {
			buffer.fill(body);
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
	}

	private static PushbackInputStream zeros(int count) {
		return new PushbackInputStream(new ByteArrayInputStream(new byte[count]));
	}

	@Test
	void settingsWhenOutOfBoundsAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> settings(4, 64)).withMessageContaining("part-size");
		assertThatIllegalArgumentException().isThrownBy(() -> settings(8, 7)).withMessageContaining("buffer-memory");
	}

}
