/**
 * The connection to the S3 store: settings, clients, credentials, and failures as
 * problems.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "problems", "storage.http" })
package io.clipvault.storage;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
