package io.clipvault.links;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.convert.DurationStyle;

/** How long a link is asked to work. */
record LinkLifetime(Duration asked) {

	private static final Duration USUAL = Duration.ofHours(1);

	private static final Duration SHORTEST = Duration.ofSeconds(1);

	/** More no store accepts in a signature. */
	private static final Duration LONGEST = Duration.ofDays(7);

	LinkLifetime {
		if (asked.compareTo(SHORTEST) < 0 || asked.compareTo(LONGEST) > 0) {
			throw refused(asked.toString());
		}
	}

	/** Reads {@code 90s}, {@code 1h}, {@code 7d} or {@code PT1H30M}. */
	static LinkLifetime of(@Nullable String text) {
		if (text == null) {
			return new LinkLifetime(USUAL);
		}
		try {
			return new LinkLifetime(DurationStyle.detectAndParse(text, ChronoUnit.SECONDS));
		}
		catch (IllegalArgumentException | ArithmeticException unreadable) {
			throw refused(text);
		}
	}

	private static Problem refused(String text) {
		return new Problem(ProblemType.INVALID_REQUEST,
				"'expires_in' must be from 1s to 7d, such as 30m, 1h, 7d or PT1H30M, and is '%s'.".formatted(text));
	}

}
