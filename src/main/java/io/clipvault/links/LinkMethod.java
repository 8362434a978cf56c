package io.clipvault.links;

/** What a link lets its holder do. */
enum LinkMethod {

	/** Read the object. */
	GET,

	/** Write the object. */
	PUT

}
