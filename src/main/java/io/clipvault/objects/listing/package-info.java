/**
 * Lists the objects and versions of a bucket and deletes many of them at once.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "objects", "problems", "requests", "storage", "paging" })
package io.clipvault.objects.listing;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
