/**
 * Tells a caller's own address how its job ended, again and again until it is heard, and
 * never an address inside the network.
 */
@NullMarked
@ApplicationModule(allowedDependencies = "problems")
package io.clipvault.webhooks;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
