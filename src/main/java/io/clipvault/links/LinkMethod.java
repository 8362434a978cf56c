package io.clipvault.links;

/** The one method that a link allows. */
enum LinkMethod {

	/** Read the object. */
	GET,

	/** Write the object. */
	PUT

}
