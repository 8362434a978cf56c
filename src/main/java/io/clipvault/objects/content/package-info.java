/**
 * Reads, writes, copies, describes and deletes one object.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "abilities", "bounds", "objects", "problems", "storage" })
package io.clipvault.objects.content;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
