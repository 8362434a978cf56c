/**
 * An S3 engine inside the process, so that the service and its links work on a laptop
 * without a cloud account.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "problems", "storage", "security" })
package io.clipvault.embedded;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
