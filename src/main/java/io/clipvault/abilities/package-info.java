/**
 * What the store behind can do, as its own answers show: asked once, used by the calls,
 * and shown to the operator.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "problems", "storage", "links" })
package io.clipvault.abilities;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
