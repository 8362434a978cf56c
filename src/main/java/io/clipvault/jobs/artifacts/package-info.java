/**
 * What the bucket holds of a job: list, zip, remove, restore; and the mp3 of a directory.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "bounds", "jobs", "jobs.folders", "jobs.ledger", "jobs.watched", "layouts",
		"links", "paging", "problems", "security", "storage" })
package io.clipvault.jobs.artifacts;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
