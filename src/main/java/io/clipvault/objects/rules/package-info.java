/**
 * A bucket's lifecycle rules, CORS rules and versioning.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "objects", "problems", "requests", "storage" })
package io.clipvault.objects.rules;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
