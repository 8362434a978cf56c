/**
 * Tells a caller's address how its job ended: signed, retried for hours, and never to an
 * address inside the network unless that is allowed.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "problems", "state" })
package io.clipvault.webhooks;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
