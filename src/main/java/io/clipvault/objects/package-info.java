/**
 * Buckets and objects over REST, and what they cost.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "problems", "storage", "paging" })
package io.clipvault.objects;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
