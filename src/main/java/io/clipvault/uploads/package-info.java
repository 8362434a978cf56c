/**
 * Takes bytes from a browser straight into the bucket, and makes a job of what arrived.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "problems", "layouts", "storage", "links", "jobs" })
package io.clipvault.uploads;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
