package io.clipvault.layouts;

import java.util.regex.Pattern;

import com.fasterxml.jackson.annotation.JsonValue;
import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;

/** The name of one finished run of the generator. */
public record JobId(@JsonValue String value) implements Comparable<JobId> {

	private static final Pattern VALID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

	public JobId {
		if (!isValid(value)) {
			throw new Problem(ProblemType.INVALID_JOB_ID, ProblemType.INVALID_JOB_ID.sample());
		}
	}

	public static boolean isValid(String value) {
		return VALID.matcher(value).matches();
	}

	@Override
	public int compareTo(JobId other) {
		return this.value.compareTo(other.value);
	}

	@Override
	public String toString() {
		return this.value;
	}

}
