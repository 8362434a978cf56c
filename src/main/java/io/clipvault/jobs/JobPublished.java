package io.clipvault.jobs;

import io.clipvault.layouts.JobId;

/** All artifacts of a job are in the bucket. */
public record JobPublished(JobId job) {
}
