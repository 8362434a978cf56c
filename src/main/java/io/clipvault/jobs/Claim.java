package io.clipvault.jobs;

import io.clipvault.layouts.JobId;

/**
 * A run's right to write of a job: taken with the next number, and gone when somebody
 * takes a higher one.
 */
record Claim(JobId job, long number) {

	/** Somebody else works on the job now, or it was cancelled. */
	static final class Lost extends RuntimeException {

		Lost(Claim claim) {
			super("The claim %d on job %s is gone".formatted(claim.number(), claim.job()));
		}

	}

}
