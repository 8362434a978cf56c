package io.clipvault.jobs.transfer;

import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;

import io.clipvault.jobs.folders.FileState;
import io.clipvault.jobs.ledger.Claim;
import io.clipvault.problems.Problem;
import io.clipvault.storage.StoreFailure;

/** The outcome of sending one file, or a whole job. */
public sealed interface UploadOutcome {

	static UploadOutcome of(Throwable failure) {
		return switch (failure) {
			case CompletionException wrapped when wrapped.getCause() != null -> of(wrapped.getCause());
			case Claim.Lost _ -> new Lost();
			case SendSlots.Stopping _, CancellationException _ -> new Stopping();
			case StoreFailure refused when refused.permanent() -> new Failed(refused.detail(), false);
			case StoreFailure passing -> new Postponed(passing.detail());
			case FileState.Unusable unusable when unusable.mayPass() -> new Postponed(unusable.words());
			case FileState.Unusable unusable -> new Failed(unusable.words(), true);
			case Problem problem -> new Failed(problem.detail(), true);
			default -> new Postponed("An unexpected failure (%s): see the log.".formatted(failure));
		};
	}

	/** The outcome for one file, with its name before the reason. */
	static UploadOutcome of(String file, Throwable failure) {
		return switch (of(failure)) {
			case Failed failed when failed.inFiles() -> new Failed(file + ": " + failed.why(), true);
			case UploadOutcome other -> other;
		};
	}

	/** Whether no other file of the job needs to be tried. */
	default boolean endsAll() {
		return switch (this) {
			case Done _ -> false;
			case Failed failed -> !failed.inFiles();
			case Postponed _, Lost _, Stopping _ -> true;
		};
	}

	/** The outcome of two files together: the more serious one. */
	default UploadOutcome and(UploadOutcome other) {
		return (other.severity() > severity()) ? other : this;
	}

	private int severity() {
		return switch (this) {
			case Done _ -> 0;
			case Failed failed -> failed.inFiles() ? 2 : 3;
			case Postponed _ -> 1;
			case Stopping _ -> 4;
			case Lost _ -> 5;
		};
	}

	default String word() {
		return getClass().getSimpleName().toLowerCase(Locale.ROOT);
	}

	/** Everything is in the bucket. */
	record Done() implements UploadOutcome {
	}

	/**
	 * It will fail again until somebody repairs what the sentence names.
	 *
	 * @param inFiles whether it must be repaired in the files, so that the others can
	 * still be sent; else every file fails until the store or its settings are repaired
	 */
	record Failed(String why, boolean inFiles) implements UploadOutcome {
	}

	/** It may succeed later. */
	record Postponed(String why) implements UploadOutcome {
	}

	/** The service stops before it is done. */
	record Stopping() implements UploadOutcome {
	}

	/** The job was cancelled, or another run has taken it over. */
	record Lost() implements UploadOutcome {
	}

}
