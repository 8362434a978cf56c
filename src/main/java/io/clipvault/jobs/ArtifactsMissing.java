package io.clipvault.jobs;

import io.clipvault.layouts.JobId;

/** The bucket lacks objects of a completed job, and they are to be brought back. */
public record ArtifactsMissing(JobId job) {
}
