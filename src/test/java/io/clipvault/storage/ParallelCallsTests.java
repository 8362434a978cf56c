package io.clipvault.storage;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ParallelCallsTests {

	@Test
	void allGivesTheResultsInTheOrderOfTheCalls() {
		CountDownLatch second = new CountDownLatch(1);
		List<Callable<String>> calls = List.of(() -> {
			second.await();
			return "first";
		}, () -> {
			second.countDown();
			return "second";
		});
		assertThat(ParallelCalls.all(2, calls)).containsExactly("first", "second");
	}

	@Test
	@Timeout(20)
	void allWhenOneFailsThrowsWithoutWaitingForOneThatHangs() {
		CountDownLatch never = new CountDownLatch(1);
		Problem refused = new Problem(ProblemType.STORE_REFUSED, "No.");
		AtomicInteger begun = new AtomicInteger();
		List<Callable<String>> calls = List.of(() -> {
			awaitUninterruptibly(never);
			return "late";
		}, () -> {
			throw refused;
		}, () -> {
			begun.incrementAndGet();
			awaitUninterruptibly(never);
			return "later";
		}, () -> {
			begun.incrementAndGet();
			return "never";
		});
		try {
			assertThatExceptionOfType(Problem.class).isThrownBy(() -> ParallelCalls.all(2, calls)).isSameAs(refused);
			assertThat(begun).hasValueLessThan(2);
		}
		finally {
			never.countDown();
		}
	}

	/** Ignores interrupts, as a blocked socket of a platform thread does. */
	private static void awaitUninterruptibly(CountDownLatch latch) {
		while (latch.getCount() > 0) {
			try {
				latch.await();
			}
			catch (InterruptedException ignored) {
				// Waits on.
			}
		}
	}

}
