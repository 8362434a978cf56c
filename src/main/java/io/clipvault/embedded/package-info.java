/**
 * An S3 engine inside the process, so that a laptop needs no account to try real links.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "problems", "storage", "security" })
package io.clipvault.embedded;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
