/**
 * Tells followers and webhooks how jobs proceed and end, and when the gallery changes.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "bounds", "jobs", "jobs.ledger", "layouts", "problems", "webhooks" })
package io.clipvault.jobs.follow;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
