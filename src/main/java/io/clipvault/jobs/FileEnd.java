package io.clipvault.jobs;

import org.jspecify.annotations.Nullable;

/**
 * How a file of a run ended.
 *
 * @param digest what the object holds, if it is there
 * @param error why it is not there, in words
 */
record FileEnd(String file, JobStatus status, @Nullable ContentDigest digest, @Nullable String error) {
}
