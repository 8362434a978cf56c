/**
 * The database that holds the service's state: a SQLite file in the data directory, or
 * PostgreSQL if its URL is set.
 */
@NullMarked
@ApplicationModule(allowedDependencies = "problems")
package io.clipvault.state;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
