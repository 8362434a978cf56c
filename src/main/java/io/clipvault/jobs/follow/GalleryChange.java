package io.clipvault.jobs.follow;

import io.clipvault.layouts.JobId;
import io.swagger.v3.oas.annotations.media.Schema;

/** The gallery shows that a job was published or removed. */
record GalleryChange(@Schema(type = "string", example = "sample") JobId jobId) {
}
