/**
 * Counts what a bucket holds and what that costs a month.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "objects", "problems", "storage" })
package io.clipvault.report;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
