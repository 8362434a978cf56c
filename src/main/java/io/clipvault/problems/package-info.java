/**
 * Tells every failure as a problem that a person can act on (RFC 9457).
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package io.clipvault.problems;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
