/**
 * The rows of jobs: files, parts, claims, holds and progress; the only SQL on those
 * tables.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "jobs", "jobs.folders", "layouts", "paging", "problems", "security", "state",
		"webhooks" })
package io.clipvault.jobs.ledger;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
