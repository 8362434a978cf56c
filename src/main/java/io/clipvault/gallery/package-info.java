/**
 * Turns the metadata in the bucket into clips to watch.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "problems", "storage", "links", "jobs", "security" })
package io.clipvault.gallery;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
