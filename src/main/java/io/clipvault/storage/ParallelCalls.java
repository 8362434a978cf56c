package io.clipvault.storage;

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
 * Runs calls to the store in parallel and stops at the first failure. It uses platform
 * threads, because parsing an answer would block the carrier of virtual threads for
 * milliseconds.
 */
public final class ParallelCalls {

	private ParallelCalls() {
	}

	/**
	 * Runs all calls, at most so many at once; a single call runs in the caller's thread.
	 * @return the results in the order of the calls
	 */
	public static <T> List<T> all(int atOnce, List<Callable<T>> calls) {
		if (calls.size() == 1) {
			return List.of(run(calls.getFirst()));
		}
		ExecutorService workers = Executors.newFixedThreadPool(Math.min(atOnce, Math.max(1, calls.size())),
				Thread.ofPlatform().daemon().name("store-", 0).factory());
		try {
			ExecutorCompletionService<T> completed = new ExecutorCompletionService<>(workers);
			List<Future<T>> futures = calls.stream().map(completed::submit).toList();
			for (int count = 0; count < calls.size(); count++) {
				completed.take().get();
			}
			return futures.stream().map(Future::resultNow).toList();
		}
		catch (InterruptedException interrupted) {
			Thread.currentThread().interrupt();
			throw new Problem(ProblemType.STORE_UNREACHABLE, "The service is stopping: try again.", interrupted);
		}
		catch (ExecutionException failure) {
			throw unchecked((failure.getCause() != null) ? failure.getCause() : failure);
		}
		finally {
			// No waiting: a call that hangs ends by its own timeout.
			workers.shutdownNow();
		}
	}

	private static <T> T run(Callable<T> call) {
		try {
			return call.call();
		}
		catch (Exception failure) {
			throw unchecked(failure);
		}
	}

	private static RuntimeException unchecked(Throwable failure) {
		return (failure instanceof Problem problem) ? problem
				: new IllegalStateException("A call to the store failed", failure);
	}

}
