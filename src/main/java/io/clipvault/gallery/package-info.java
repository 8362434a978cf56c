/**
 * Answers with pages of the clips in the bucket, each with a link that plays it.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "problems", "layouts", "storage", "links", "gallery.catalog" })
package io.clipvault.gallery;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
