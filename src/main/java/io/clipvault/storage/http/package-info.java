/**
 * How requests travel to the store: bounded in time, signed by the digest of their body,
 * and answered with what was asked for.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package io.clipvault.storage.http;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
