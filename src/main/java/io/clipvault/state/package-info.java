/**
 * Where the service keeps what it must not forget: a SQLite file beside the objects, or
 * PostgreSQL when its URL is set.
 */
@NullMarked
@ApplicationModule(allowedDependencies = "problems")
package io.clipvault.state;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
