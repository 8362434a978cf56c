package io.clipvault.jobs;

import java.util.Locale;
import java.util.concurrent.CompletionException;

import io.clipvault.problems.Problem;
import io.clipvault.storage.StoreFailure;

/** How sending one file, or a whole job, went. */
sealed interface UploadOutcome {

	static UploadOutcome of(Throwable failure) {
		return switch (failure) {
			case CompletionException wrapped when wrapped.getCause() != null -> of(wrapped.getCause());
			case Claim.Lost _ -> new Lost();
			case Turns.Stopping _ -> new Stopping();
			case StoreFailure refused when refused.permanent() -> new Failed(refused.detail(), true);
			case StoreFailure passing -> new Postponed(passing.detail());
			case FileState.Unusable unusable -> new Failed(unusable.words(), false);
			case Problem problem -> new Failed(problem.detail(), false);
			default -> new Postponed("An unexpected failure (%s): see the log.".formatted(failure));
		};
	}

	/** The same for one file, whose name then stands before the reason. */
	static UploadOutcome of(String file, Throwable failure) {
		return switch (of(failure)) {
			case Failed failed when !failed.endsAll() -> new Failed(file + ": " + failed.why(), false);
			case UploadOutcome other -> other;
		};
	}

	/** Whether no other file of the job needs to be tried. */
	default boolean endsAll() {
		return switch (this) {
			case Done _ -> false;
			case Failed failed -> failed.ofAll();
			case Postponed _, Lost _, Stopping _ -> true;
		};
	}

	/** What two files come to together: the graver of both. */
	default UploadOutcome and(UploadOutcome other) {
		return (other.gravity() > gravity()) ? other : this;
	}

	private int gravity() {
		return switch (this) {
			case Done _ -> 0;
			case Failed failed -> failed.ofAll() ? 3 : 2;
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
	 * It will not succeed until somebody repairs what the sentence names.
	 *
	 * @param ofAll whether the same would happen to every other file
	 */
	record Failed(String why, boolean ofAll) implements UploadOutcome {
	}

	/** It may succeed a while later. */
	record Postponed(String why) implements UploadOutcome {
	}

	/** The service stops before it is done. */
	record Stopping() implements UploadOutcome {
	}

	/** Somebody else works on the job now, or it was cancelled. */
	record Lost() implements UploadOutcome {
	}

}
