/**
 * Describes every failure as a problem document (RFC 9457) that says what to do.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package io.clipvault.problems;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
