package io.clipvault.webhooks;

/** How one attempt at a delivery ended. */
sealed interface Attempt {

	/** The receiver took it. */
	record Taken() implements Attempt {
	}

	/** It may go better later. */
	record Missed(String why) implements Attempt {
	}

	/** It will never go better. */
	record Refused(String why) implements Attempt {
	}

}
