package io.clipvault.gallery;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

import io.clipvault.layouts.JobId;
import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;

/**
 * Where a clip stands in the gallery, newest first; it holds when others come and go, and
 * when the clip gets a new rendering.
 */
record Position(long createdAt, JobId job, String title, int index) implements Comparable<Position> {

	private static final String SEPARATOR = "|";

	/** Reads a cursor back. */
	static Position of(String cursor) {
		try {
			// Neither a job's id nor a number holds the separator; a title may.
			String[] parts = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8).split("\\|", 4);
			if (parts.length == 4) {
				return new Position(Long.parseLong(parts[0]), new JobId(parts[2]), parts[3],
						Integer.parseInt(parts[1]));
			}
		}
		catch (IllegalArgumentException | Problem foreign) {
			throw refused(cursor, foreign);
		}
		throw refused(cursor, new IllegalArgumentException("parts are missing"));
	}

	private static Problem refused(String cursor, RuntimeException cause) {
		return new Problem(ProblemType.INVALID_REQUEST,
				"'cursor' must be one that the Link header of an earlier answer gave and is '" + cursor
						+ "': correct it, or leave it out to start again.",
				cause);
	}

	String cursor() {
		String text = this.createdAt + SEPARATOR + this.index + SEPARATOR + this.job + SEPARATOR + this.title;
		return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
	}

	@Override
	public int compareTo(Position other) {
		int order = Long.compare(other.createdAt, this.createdAt);
		order = (order != 0) ? order : this.job.compareTo(other.job);
		order = (order != 0) ? order : this.title.compareTo(other.title);
		return (order != 0) ? order : Integer.compare(this.index, other.index);
	}

}
