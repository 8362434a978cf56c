/**
 * Tests the service with a real browser.
 */
@NullMarked
package io.clipvault.browser;

import org.jspecify.annotations.NullMarked;
