package io.clipvault.kit;

/** What can go wrong with one request between the service and its store. */
public enum Fault {

	/** No fault. */
	NONE,

	/** The connection is reset before the store sees the request. */
	RESET,

	/** The connection is reset in the middle of the request's body. */
	RESET_IN_BODY,

	/** The store executes the request, but its response is lost. */
	LOST_ANSWER,

	/** There is no response until the client times out. */
	HANG,

	/** The request is transferred slowly. */
	SLOW,

	/** The store throttles: 503 SlowDown. */
	SLOW_DOWN,

	/** The store fails: 500 InternalError. */
	INTERNAL_ERROR,

	/**
	 * The response is cut in the middle of its body, or of its head if it has no body.
	 */
	TRUNCATED_ANSWER,

	/** One byte of the request's body is changed on the way. */
	CORRUPT_BODY

}
