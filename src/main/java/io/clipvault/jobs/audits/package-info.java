/**
 * Compares what the bucket holds with what it has to hold, and says what is missing.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "jobs", "jobs.folders", "jobs.ledger", "layouts", "paging", "problems",
		"storage", "webhooks" })
package io.clipvault.jobs.audits;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
