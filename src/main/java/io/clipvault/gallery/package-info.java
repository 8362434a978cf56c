/**
 * Turns the metadata in the bucket into clips to watch.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "problems", "layouts", "storage", "links", "jobs", "security", "paging" })
package io.clipvault.gallery;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
