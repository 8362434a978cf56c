package io.clipvault.kit;

/** What may go wrong with one request between the service and its store. */
public enum Fault {

	/** Nothing. */
	NONE,

	/** The connection is reset before the store sees the request. */
	RESET,

	/** The connection is reset in the middle of the request's body. */
	RESET_IN_BODY,

	/** The store does what it was asked, and the answer is lost. */
	LOST_ANSWER,

	/** Nobody answers until the client gives up. */
	HANG,

	/** The bytes of the request trickle. */
	SLOW,

	/** The store asks for fewer requests. */
	SLOW_DOWN,

	/** The store fails inside. */
	INTERNAL_ERROR,

	/** The answer ends in the middle of its body, or of its head if it has none. */
	TRUNCATED_ANSWER,

	/** A byte of the request's body is another one when it arrives. */
	CORRUPT_BODY

}
