package io.clipvault.jobs;

import io.clipvault.storage.JobId;

/** All artifacts of a job are in the bucket. */
public record JobPublished(JobId job) {
}
