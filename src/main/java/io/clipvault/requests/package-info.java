/**
 * Bounds what a request brings before it costs memory: its body, its query and its
 * content type.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "problems" })
package io.clipvault.requests;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
