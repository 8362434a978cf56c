package io.clipvault.jobs.folders;

import java.io.IOException;
import java.util.Locale;

import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;

/** Turns a failure of the jobs root's disk into a problem. */
public final class DiskFailure {

	private DiskFailure() {
	}

	/** Java has no exception for a full disk: the message of the system tells it. */
	public static Problem of(IOException failure) {
		String words = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
		if (words.contains("no space left") || words.contains("quota exceeded") || words.contains("not enough space")) {
			return new Problem(ProblemType.DISK_FULL,
					"The disk that holds the jobs root is full: free some space, then try again.", failure);
		}
		return new Problem(ProblemType.JOBS_ROOT_UNUSABLE,
				"The jobs root cannot be written (%s): check clipvault.jobs.root and this user's rights."
					.formatted(failure.getClass().getSimpleName()),
				failure);
	}

}
