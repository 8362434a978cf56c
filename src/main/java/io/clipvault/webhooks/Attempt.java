package io.clipvault.webhooks;

/** How one attempt at a delivery ended. */
sealed interface Attempt {

	/** The receiver answered with a success. */
	record Taken() implements Attempt {
	}

	/** It failed, and a retry may succeed. */
	record Missed(String why) implements Attempt {
	}

	/** It failed for good; there is no retry. */
	record Refused(String why) implements Attempt {
	}

}
