package io.clipvault.jobs.artifacts;

import java.time.Clock;
import java.time.Instant;
import java.util.List;

import io.clipvault.jobs.ledger.StoredFiles;
import io.clipvault.layouts.JobId;
import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Removes the copies that this service made of received files, once the bucket has them.
 */
@Component
class ReceivedCopies {

	private static final int PAGE = 100;

	private static final Logger log = LoggerFactory.getLogger(ReceivedCopies.class);

	private final StoredFiles files;

	private final LocalCopies copies;

	private final CopySettings settings;

	private final Clock clock;

	ReceivedCopies(StoredFiles files, LocalCopies copies, CopySettings settings, Clock clock) {
		this.files = files;
		this.copies = copies;
		this.settings = settings;
		this.clock = clock;
	}

	@Scheduled(initialDelay = 60_000, fixedDelay = 60_000)
	void remove() {
		Instant before = this.clock.instant().minus(this.settings.keep());
		List<StoredFiles.Unpruned> page = this.files.received(before, null, PAGE);
		// All pages, because the first jobs may stay for as long as others name their
		// directories.
		while (!page.isEmpty() && page.stream().allMatch((job) -> remove(job.job(), before))) {
			page = this.files.received(before, page.getLast(), PAGE);
		}
	}

	/** Returns false if no other job needs to be tried. */
	private boolean remove(JobId job, Instant before) {
		try {
			// Checked under the hold: it may have been posted or restored since.
			List<String> removed = this.copies.remove(job, () -> this.files.isReceived(job, before));
			// Not if it was posted again since.
			this.files.noteReceivedRemoved(job, before);
			log.info("Job {}: {} received files were removed, because the bucket has them.", job, removed.size());
		}
		catch (Problem problem) {
			if (problem.type() == ProblemType.JOB_ACTIVE) {
				log.debug("Job {}: its received files stay for now. {}", job, problem.detail());
			}
			else {
				log.warn("Job {}: its received files stay for now; the next sweep tries again. {}", job,
						problem.detail());
			}
			return problem.type() != ProblemType.STORE_UNREACHABLE;
		}
		return true;
	}

}
