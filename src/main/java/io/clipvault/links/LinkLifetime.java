package io.clipvault.links;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.convert.DurationStyle;

/** The lifetime that a caller asks for. */
record LinkLifetime(Duration asked) {

	private static final Duration DEFAULT = Duration.ofHours(1);

	private static final Duration MIN = Duration.ofSeconds(1);

	/** The limit of Signature Version 4. */
	private static final Duration MAX = Duration.ofDays(7);

	LinkLifetime {
		if (asked.compareTo(MIN) < 0 || asked.compareTo(MAX) > 0) {
			throw refused(asked.toString());
		}
	}

	/** Reads {@code 90s}, {@code 1h}, {@code 7d} or {@code PT1H30M}. */
	static LinkLifetime of(@Nullable String text) {
		if (text == null) {
			return new LinkLifetime(DEFAULT);
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
