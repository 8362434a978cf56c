/**
 * Shared by the tests of all features: stores to test against, job folders in the
 * generator's layout, a settable clock.
 */
@NullMarked
package io.clipvault.kit;

import org.jspecify.annotations.NullMarked;
