/**
 * Sends a job's files to the store, whole or in parts, and cleans up what stays
 * unfinished.
 */
@NullMarked
@ApplicationModule(
		allowedDependencies = { "abilities", "jobs", "jobs.folders", "jobs.ledger", "layouts", "problems", "storage" })
package io.clipvault.jobs.transfer;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
