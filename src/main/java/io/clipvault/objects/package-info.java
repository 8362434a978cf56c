/**
 * What all calls on buckets and objects share: names in scope, calls to the store,
 * settings.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "problems", "storage" })
package io.clipvault.objects;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
