package io.clipvault.jobs.intake;

import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import io.clipvault.jobs.ArtifactsMissing;
import io.clipvault.jobs.folders.Artifact;
import io.clipvault.jobs.folders.DirectoryListing;
import io.clipvault.jobs.ledger.Jobs;
import io.clipvault.jobs.ledger.StoredFiles;
import io.clipvault.layouts.JobId;
import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Posts a job again whose objects are missing, while its directory is there. */
@Component
class Mending {

	private static final Logger log = LoggerFactory.getLogger(Mending.class);

	private final StoredFiles files;

	private final Jobs jobs;

	private final JobAcceptance acceptance;

	Mending(StoredFiles files, Jobs jobs, JobAcceptance acceptance) {
		this.files = files;
		this.jobs = jobs;
		this.acceptance = acceptance;
	}

	@EventListener
	void mend(ArtifactsMissing missing) {
		this.files.of(missing.job()).ifPresent(this::mend);
	}

	private void mend(StoredFiles.Stored job) {
		JobId id = job.id();
		String directory = job.directory();
		try {
			if (directory != null) {
				this.acceptance.acceptAgain(id, directory, (listing) -> requireUnchanged(job, listing));
				if (job.revision() != null) {
					this.jobs.keepReceived(id, job.revision());
				}
				log.info("Job {}: the bucket lacks some of its objects, so its directory is posted again.", id);
			}
		}
		catch (Problem | UncheckedIOException failure) {
			log.warn("Job {}: its missing objects could not be brought back. {}", id, failure.getMessage());
		}
	}

	/**
	 * Otherwise the posting would bring back what was just removed on request, or replace
	 * the job by the files that are left, and nobody would miss the others any more.
	 */
	private void requireUnchanged(StoredFiles.Stored job, DirectoryListing listing) {
		Map<String, Long> sizes = listing.artifacts()
			.stream()
			.collect(Collectors.toMap(Artifact::fileName, Artifact::size));
		if (!job.files().stream().allMatch((file) -> Long.valueOf(file.size()).equals(sizes.get(file.name())))) {
			throw new Problem(ProblemType.DIRECTORY_MISSING,
					"'%s' lacks some of the job's files, or they have another size.".formatted(listing.directory()));
		}
		if (!this.files.of(job.id()).equals(Optional.of(job))) {
			throw new Problem(ProblemType.JOB_ACTIVE, "The job was posted again or removed meanwhile.");
		}
	}

}
