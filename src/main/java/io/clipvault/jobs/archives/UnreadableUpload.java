package io.clipvault.jobs.archives;

import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;

/** A body that ends early or does not match its content type. */
class UnreadableUpload extends Problem {

	UnreadableUpload(Exception cause) {
		super(ProblemType.INVALID_REQUEST,
				"The body cannot be read to its end (%s): check that it is whole and of the type it says, then send it again."
					.formatted(String.valueOf(cause.getMessage()).replaceFirst("(?<![.:\\s])[.:\\s]++$", "")),
				cause);
	}

}
