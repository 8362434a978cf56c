/**
 * Directories under the jobs root, read safely: containment, file state, ranges and
 * digests.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "layouts", "problems", "storage" })
package io.clipvault.jobs.folders;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
