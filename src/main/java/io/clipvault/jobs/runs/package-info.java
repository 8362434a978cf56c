/**
 * Decides when a job is worked on, and how it ends.
 */
@NullMarked
@ApplicationModule(
		allowedDependencies = { "jobs", "jobs.folders", "jobs.ledger", "jobs.transfer", "layouts", "problems" })
package io.clipvault.jobs.runs;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
