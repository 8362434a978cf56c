/**
 * Uploads files from a browser straight to the bucket, and makes jobs of them.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "abilities", "jobs", "layouts", "links", "problems", "requests", "storage" })
package io.clipvault.uploads;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
