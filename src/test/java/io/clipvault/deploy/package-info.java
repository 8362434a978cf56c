/**
 * Holds what is deployed to its word: the image's recipe, the compose file, the chart and
 * the list of variables.
 */
@NullMarked
package io.clipvault.deploy;

import org.jspecify.annotations.NullMarked;
