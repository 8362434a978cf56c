package io.clipvault.jobs;

import io.clipvault.layouts.JobId;

/**
 * The gallery of this replica shows that a job was published or removed, by any replica.
 */
public record GalleryUpdated(JobId job) {
}
