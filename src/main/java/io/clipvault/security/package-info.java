/**
 * Decides who may call the service: only this machine, unless configured otherwise.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "problems" })
package io.clipvault.security;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
