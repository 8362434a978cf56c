/**
 * Links that let anyone read or write an object for a limited time, and the CORS rules
 * that browsers need to use them.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "layouts", "problems", "security", "storage" })
package io.clipvault.links;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
