/**
 * Turns a finished job's directory into objects in the bucket, metadata last.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "problems", "layouts", "storage", "links", "webhooks", "paging" })
package io.clipvault.jobs;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
