/**
 * The ways in: a directory, files, an archive, the generator's end, and the watch.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "bounds", "jobs", "jobs.archives", "jobs.folders", "jobs.ledger",
		"jobs.runs", "jobs.watched", "layouts", "problems", "webhooks" })
package io.clipvault.jobs.intake;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
