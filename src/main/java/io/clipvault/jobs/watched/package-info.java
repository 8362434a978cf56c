/**
 * Remembers which content of watched directories was already accepted.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "jobs.folders", "layouts" })
package io.clipvault.jobs.watched;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
