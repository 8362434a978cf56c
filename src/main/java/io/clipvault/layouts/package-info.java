/**
 * What the files of a generator's directory mean, how they are named in the bucket, and
 * which headers their objects carry.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "problems" })
package io.clipvault.layouts;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
