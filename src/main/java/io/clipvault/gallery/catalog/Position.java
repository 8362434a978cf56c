package io.clipvault.gallery.catalog;

import java.util.Comparator;
import java.util.List;

import io.clipvault.layouts.JobId;
import io.clipvault.paging.Cursor;
import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;

/**
 * The place of a clip in the order of the gallery, newest first. It stays the same when
 * other clips come and go, and when the clip gets a new rendering.
 */
public record Position(long createdAt, JobId job, String title, int index) implements Comparable<Position> {

	private static final Comparator<Position> NEWEST_FIRST = Comparator.comparingLong(Position::createdAt)
		.reversed()
		.thenComparing(Position::job)
		.thenComparing(Position::title)
		.thenComparingInt(Position::index);

	/** Reads what {@link #cursor()} wrote. */
	public static Position of(String cursor) {
		List<String> texts = Cursor.read(cursor, 4);
		try {
			return new Position(Long.parseLong(texts.get(0)), new JobId(texts.get(1)), texts.get(2),
					Integer.parseInt(texts.get(3)));
		}
		catch (NumberFormatException | Problem foreign) {
			throw new Problem(ProblemType.INVALID_REQUEST,
					"'cursor' does not come from the gallery: take it from the Link header of the page before, or leave it out to start again.",
					foreign);
		}
	}

	public String cursor() {
		return Cursor.of(Long.toString(this.createdAt), this.job.value(), this.title, Integer.toString(this.index));
	}

	@Override
	public int compareTo(Position other) {
		return NEWEST_FIRST.compare(this, other);
	}

}
