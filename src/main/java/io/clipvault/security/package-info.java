/**
 * Decides who may call: this machine alone until keys are set.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "problems" })
package io.clipvault.security;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
