/**
 * The service seen from a real browser.
 */
@NullMarked
package io.clipvault.browser;

import org.jspecify.annotations.NullMarked;
