package io.clipvault.jobs;

import io.clipvault.layouts.JobId;

/** A job's artifacts are being removed from the bucket; its metadata is gone already. */
public record JobRemoved(JobId job) {
}
