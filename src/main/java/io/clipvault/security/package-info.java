/**
 * Decides who may call the service, and what: callers with a key, a token or a session,
 * or else only this machine.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "problems" })
package io.clipvault.security;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
