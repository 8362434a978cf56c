package io.clipvault.problems;

/**
 * The service cannot start with this configuration; the message says why, the action how
 * to fix it.
 */
public class StartRefused extends RuntimeException {

	private final String action;

	public StartRefused(String message, String action) {
		super(message);
		this.action = action;
	}

	public StartRefused(String message, String action, Throwable cause) {
		super(message, cause);
		this.action = action;
	}

	String action() {
		return this.action;
	}

}
