/**
 * Doors into the bucket that close by themselves.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "storage" })
package io.clipvault.links;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
