package io.clipvault.gallery;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;

/**
 * Calls to the store that go side by side; the first failure stops the rest. What they
 * parse keeps a processor for milliseconds: a virtual thread would keep it from the
 * requests that share its carriers.
 */
final class SideBySide {

	private SideBySide() {
	}

	/**
	 * Makes all calls, so many at once, and gives their results in their order; a single
	 * one in the thread of the caller.
	 */
	static <T> List<T> all(int atOnce, List<Callable<T>> calls) {
		if (calls.size() == 1) {
			return List.of(alone(calls.getFirst()));
		}
		ExecutorService workers = Executors.newFixedThreadPool(Math.min(atOnce, Math.max(1, calls.size())),
				Thread.ofPlatform().daemon().name("gallery-", 0).factory());
		try {
			ExecutorCompletionService<T> ended = new ExecutorCompletionService<>(workers);
			List<Future<T>> futures = calls.stream().map(ended::submit).toList();
			for (int count = 0; count < calls.size(); count++) {
				ended.take().get();
			}
			return futures.stream().map(Future::resultNow).toList();
		}
		catch (InterruptedException interrupted) {
			Thread.currentThread().interrupt();
			throw new Problem(ProblemType.STORE_UNREACHABLE, "The service is stopping: try again.", interrupted);
		}
		catch (ExecutionException failure) {
			throw told((failure.getCause() != null) ? failure.getCause() : failure);
		}
		finally {
			// Not waited for: a call that hangs ends with its own time-out.
			workers.shutdownNow();
		}
	}

	private static <T> T alone(Callable<T> call) {
		try {
			return call.call();
		}
		catch (Exception failure) {
			throw told(failure);
		}
	}

	private static RuntimeException told(Throwable failure) {
		return (failure instanceof Problem problem) ? problem
				: new IllegalStateException("Reading the bucket failed", failure);
	}

}
