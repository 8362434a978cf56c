/**
 * Keeps the clips of the bucket in memory: lists the bucket, reads metadata, and follows
 * changes of this and other replicas.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "problems", "layouts", "storage", "jobs", "paging" })
package io.clipvault.gallery.catalog;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
