/**
 * Keeps callers from starving each other: places that are counted, and bodies that have
 * to arrive.
 */
@NullMarked
@ApplicationModule(allowedDependencies = "problems")
package io.clipvault.bounds;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
