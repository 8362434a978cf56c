/**
 * Creates, lists, deletes and purges buckets.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "abilities", "objects", "problems", "storage", "paging" })
package io.clipvault.objects.buckets;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
