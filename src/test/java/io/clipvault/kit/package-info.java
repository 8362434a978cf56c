/**
 * What the tests of all features share: stores to run against, job folders of the real
 * layout, a settable clock.
 */
@NullMarked
package io.clipvault.kit;

import org.jspecify.annotations.NullMarked;
