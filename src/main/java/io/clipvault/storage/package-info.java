/**
 * The connection to the S3 store: its settings, its clients and its failures in words.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "problems" })
package io.clipvault.storage;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
