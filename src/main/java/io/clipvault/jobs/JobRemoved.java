package io.clipvault.jobs;

import io.clipvault.storage.JobId;

/** All artifacts of a job are gone from the bucket. */
public record JobRemoved(JobId job) {
}
