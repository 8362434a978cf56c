package io.clipvault.jobs;

import io.clipvault.layouts.JobId;

/** The metadata of a job was removed from the bucket; its other artifacts follow. */
public record JobRemoved(JobId job) {
}
