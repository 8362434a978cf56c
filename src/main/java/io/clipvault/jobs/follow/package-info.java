/**
 * Tells followers and webhooks how a job proceeds and ends.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "jobs", "jobs.ledger", "layouts", "problems", "webhooks" })
package io.clipvault.jobs.follow;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
