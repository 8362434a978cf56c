package io.clipvault.jobs;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.clipvault.layouts.JobId;
import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;

/** Where in the list of jobs a page ended. */
record JobCursor(Instant createdAt, JobId id) {

	private static final Pattern TEXT = Pattern.compile("([0-9]{1,15}):(.+)");

	static JobCursor after(Job job) {
		return new JobCursor(job.createdAt(), job.id());
	}

	static JobCursor parse(String text) {
		try {
			Matcher parts = TEXT.matcher(new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII));
			if (parts.matches() && JobId.isValid(parts.group(2))) {
				return new JobCursor(Instant.ofEpochMilli(Long.parseLong(parts.group(1))), new JobId(parts.group(2)));
			}
		}
		catch (IllegalArgumentException notBase64) {
			// Told below, like any other text that is no cursor.
		}
		throw new Problem(ProblemType.INVALID_REQUEST,
				"'cursor' is not one that this list gave out: take it from the Link header, or leave it out.");
	}

	String text() {
		return Base64.getUrlEncoder()
			.withoutPadding()
			.encodeToString((this.createdAt.toEpochMilli() + ":" + this.id).getBytes(StandardCharsets.US_ASCII));
	}

}
