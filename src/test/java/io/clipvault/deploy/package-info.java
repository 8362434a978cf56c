/**
 * Checks the deployment files: Dockerfile, compose file, Helm chart and .env.example.
 */
@NullMarked
package io.clipvault.deploy;

import org.jspecify.annotations.NullMarked;
