/**
 * Starts the application and configures what all features share: clock, settings files,
 * JSON and the web server.
 */
@NullMarked
package io.clipvault;

import org.jspecify.annotations.NullMarked;
