package io.clipvault.jobs.intake;

import java.io.UncheckedIOException;
import java.util.Map;
import java.util.stream.Collectors;
import io.clipvault.jobs.ArtifactsMissing;
import io.clipvault.jobs.folders.Artifact;
import io.clipvault.jobs.folders.JobDirectory;
import io.clipvault.jobs.ledger.Jobs;
import io.clipvault.jobs.ledger.StoredFiles;
import io.clipvault.layouts.JobId;
import io.clipvault.problems.Problem;
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

	private final JobDirectory directories;

	private final JobAcceptance acceptance;

	Mending(StoredFiles files, Jobs jobs, JobDirectory directories, JobAcceptance acceptance) {
		this.files = files;
		this.jobs = jobs;
		this.directories = directories;
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
			if (directory != null && hasAllFiles(job, directory)) {
				this.acceptance.accept(id, directory, null);
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
	 * Otherwise the posting would replace the job by the files that are left, and nobody
	 * would miss the others any more.
	 */
	private boolean hasAllFiles(StoredFiles.Stored job, String directory) {
		Map<String, Long> sizes = this.directories.artifacts(job.id(), directory)
			.stream()
			.collect(Collectors.toMap(Artifact::fileName, Artifact::size));
		return job.files().stream().allMatch((file) -> Long.valueOf(file.size()).equals(sizes.get(file.name())));
	}

}
