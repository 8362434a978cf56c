package io.clipvault.jobs.intake;

import java.time.Duration;
import java.time.Instant;

import io.clipvault.jobs.folders.DirectorySnapshot;

/**
 * What the watch remembers of a directory; small, because there may be 100,000.
 *
 * @param modified when an entry of the directory was last added, removed or renamed, in
 * milliseconds
 * @param activity stands for the names, sizes and dates of its files
 * @param since when this content was first seen, in milliseconds
 * @param outcome what was done with this content
 * @param failures how often it could not be accepted
 * @param nextTry when it is tried again, in milliseconds
 */
record Sight(long modified, long activity, long since, Outcome outcome, int failures, long nextTry) {

	private static final Duration FIRST_DELAY = Duration.ofSeconds(10);

	private static final Duration LONGEST_DELAY = Duration.ofHours(1);

	/** Files may still be written in place for this long without a new entry. */
	private static final Duration IN_PLACE = Duration.ofHours(1);

	/** Within this time a second change may leave the directory's date as it was. */
	private static final Duration SAME_DATE = Duration.ofSeconds(10);

	static Sight first(long modified, DirectorySnapshot content, Instant now) {
		return new Sight(modified, activity(content), now.toEpochMilli(), Outcome.OPEN, 0, 0);
	}

	/** Whether this is the content that was seen. */
	boolean shows(DirectorySnapshot content) {
		return this.activity == activity(content);
	}

	/** Whether the date of the directory is enough to know that nothing is to be done. */
	boolean isSettled(long modifiedNow, Instant now) {
		return this.modified == modifiedNow && switch (this.outcome) {
			case OPEN -> false;
			case TAKEN -> isBefore(modifiedNow, now.minus(SAME_DATE));
			case INCOMPLETE -> isBefore(this.since, now.minus(IN_PLACE));
		};
	}

	/** Whether its times are later than they can be, because the clock was set back. */
	boolean isAhead(Instant now) {
		return this.since > now.toEpochMilli() || this.nextTry > now.plus(LONGEST_DELAY).toEpochMilli();
	}

	/** Whether this content is to be accepted now, if it is complete. */
	boolean isDue(Duration quietTime, Instant now) {
		return this.outcome == Outcome.OPEN && !now.isBefore(Instant.ofEpochMilli(this.since).plus(quietTime))
				&& now.toEpochMilli() >= this.nextTry;
	}

	Sight with(Outcome ended, long modifiedNow) {
		return new Sight(modifiedNow, this.activity, this.since, ended, this.failures, this.nextTry);
	}

	/** Tries again after a delay that doubles with each failure. */
	Sight failed(Instant now) {
		long delay = Math.min(LONGEST_DELAY.toMillis(), FIRST_DELAY.toMillis() << Math.min(this.failures, 20));
		return new Sight(this.modified, this.activity, this.since, Outcome.OPEN, this.failures + 1,
				now.toEpochMilli() + delay);
	}

	private static boolean isBefore(long time, Instant limit) {
		return time < limit.toEpochMilli();
	}

	private static long activity(DirectorySnapshot content) {
		return Long.parseUnsignedLong(content.digest((name) -> true), 0, 16, 16);
	}

	/** What was done with a content. */
	enum Outcome {

		/** Not yet complete and quiet, or it could not be accepted. */
		OPEN,

		/** Accepted, now or before. */
		TAKEN,

		/** Quiet, but not complete; only another content changes that. */
		INCOMPLETE

	}

}
