package io.clipvault.jobs.ledger;

import io.clipvault.layouts.JobId;

/**
 * The right of one run to write the rows of a job. It is lost when somebody takes the
 * next number.
 */
public record Claim(JobId job, long number) {

	/** The job was cancelled, or another run has taken it over. */
	public static final class Lost extends RuntimeException {

		Lost(Claim claim) {
			super("The claim %d on job %s is lost".formatted(claim.number(), claim.job()));
		}

	}

}
