package io.clipvault.problems;

/**
 * The service cannot start as it is set up; the message says why, the action what repairs
 * it.
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
