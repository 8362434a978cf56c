package io.clipvault.jobs;

/**
 * A job has completed, failed or was cancelled. Published inside the transaction that
 * ends the job.
 */
public record JobEnded(Posting posting, JobStatus status) {
}
