/**
 * The application: what starts it and what all its features share in the web server.
 */
@NullMarked
package io.clipvault;

import org.jspecify.annotations.NullMarked;
