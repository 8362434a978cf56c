package io.clipvault.jobs.intake;

import java.util.Optional;

import io.clipvault.jobs.folders.DirectorySnapshot;
import io.clipvault.jobs.ledger.JobDetails;
import io.clipvault.jobs.ledger.JobView;
import io.clipvault.jobs.runs.JobEnds;
import io.clipvault.jobs.watched.WatchNotes;
import io.clipvault.layouts.JobId;
import io.clipvault.webhooks.WebhookTarget;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Records runs of the generator that failed and leave nothing to upload. */
@Component
class GeneratorFailures {

	private final Postings postings;

	private final JobEnds ends;

	private final WatchNotes watched;

	private final JobDetails details;

	private final TransactionOperations transaction;

	GeneratorFailures(Postings postings, JobEnds ends, WatchNotes watched, JobDetails details,
			TransactionOperations transaction) {
		this.postings = postings;
		this.ends = ends;
		this.watched = watched;
		this.details = details;
		this.transaction = transaction;
	}

	/** Ends a job as failed without scheduling it; the watch leaves its content alone. */
	JobView record(JobId id, String directory, int returnCode, @Nullable WebhookTarget webhook) {
		Optional<DirectorySnapshot> seen = this.watched.look(directory);
		this.transaction.executeWithoutResult((status) -> {
			seen.ifPresent(this.watched::note);
			this.postings.enterWithoutUpload(id, directory, webhook);
			this.ends.failQueued(id,
					"The generator ended with return code %d: nothing was uploaded.".formatted(returnCode));
		});
		return this.details.get(id);
	}

}
