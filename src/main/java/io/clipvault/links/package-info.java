/**
 * Doors into the bucket that close by themselves, and the rules by which the store lets
 * browsers through them.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "problems", "storage", "security" })
package io.clipvault.links;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
