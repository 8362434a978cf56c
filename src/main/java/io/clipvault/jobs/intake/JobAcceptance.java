package io.clipvault.jobs.intake;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

import io.clipvault.jobs.folders.DirectoryListing;
import io.clipvault.jobs.folders.DirectorySnapshot;
import io.clipvault.jobs.folders.JobDirectory;
import io.clipvault.jobs.ledger.Holds;
import io.clipvault.jobs.ledger.JobDetails;
import io.clipvault.jobs.ledger.JobView;
import io.clipvault.jobs.watched.WatchNotes;
import io.clipvault.layouts.JobId;
import io.clipvault.webhooks.WebhookTarget;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Accepts jobs durably, without waiting for the store. */
@Component
class JobAcceptance {

	private final JobDirectory directories;

	private final Postings postings;

	private final WatchNotes watched;

	private final JobDetails details;

	private final TransactionOperations transaction;

	JobAcceptance(JobDirectory directories, Postings postings, WatchNotes watched, JobDetails details,
			TransactionOperations transaction) {
		this.directories = directories;
		this.postings = postings;
		this.watched = watched;
		this.details = details;
		this.transaction = transaction;
	}

	/**
	 * Accepts a directory.
	 * @param webhook is told how the job ends
	 */
	JobView accept(JobId id, String directory, @Nullable WebhookTarget webhook) {
		return accept(id, directory, (listing) -> this.postings.enter(id, listing, webhook));
	}

	/**
	 * Accepts a directory again.
	 * @param check refuses in the transaction of the acceptance, if the directory or the
	 * job is not as it was
	 */
	JobView acceptAgain(JobId id, String directory, Consumer<DirectoryListing> check) {
		return accept(id, directory, (listing) -> {
			check.accept(listing);
			this.postings.enter(id, listing, null);
		});
	}

	/**
	 * Accepts the directory of the job's own name, whose files this service received.
	 * @param hold ends with the acceptance
	 */
	JobView accept(JobId id, Holds.Hold hold) {
		return accept(id, id.value(), (listing) -> {
			hold.end();
			this.postings.enterReceived(id, listing);
		});
	}

	private JobView accept(JobId id, String directory, Consumer<DirectoryListing> entry) {
		// Snapshot first: later changes count as new content.
		Optional<DirectorySnapshot> seen = this.watched.look(directory);
		DirectoryListing listing = this.directories.list(id, directory);
		return Objects.requireNonNull(this.transaction.execute((status) -> {
			seen.ifPresent(this.watched::note);
			entry.accept(listing);
			// Read in the transaction, so that a job is accepted only with an answer.
			return this.details.get(id);
		}));
	}

	/** Whether this content of a watched directory was accepted before. */
	boolean isKnown(DirectorySnapshot seen) {
		return this.watched.isKnown(seen);
	}

	/**
	 * Accepts a directory under the jobs root as the job of its name, unless this content
	 * of it was accepted before.
	 * @return whether it was accepted now
	 */
	boolean acceptOnce(DirectorySnapshot seen) {
		if (isKnown(seen)) {
			return false;
		}
		JobId id = new JobId(seen.name());
		DirectoryListing listing = this.directories.list(id, seen.name());
		return Boolean.TRUE.equals(this.transaction.execute((status) -> {
			boolean fresh = this.watched.note(seen);
			if (fresh) {
				this.postings.enter(id, listing, null);
			}
			return fresh;
		}));
	}

}
