/**
 * Turns a form, a zip or a tar into a directory, or into nothing.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "jobs.folders", "layouts", "problems" })
package io.clipvault.jobs.archives;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
