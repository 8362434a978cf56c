/**
 * What other features know of jobs: their ids, their states and their events.
 */
@NullMarked
@ApplicationModule(allowedDependencies = "layouts")
package io.clipvault.jobs;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
