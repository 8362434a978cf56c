package io.clipvault.objects;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;

/** The rules of S3 for the name of a bucket. */
final class BucketName {

	private static final int SHORTEST = 3;

	private static final int LONGEST = 63;

	private static final Pattern FOREIGN = Pattern.compile("[^a-z0-9.-]");

	private static final Pattern ADDRESS = Pattern.compile("[0-9]{1,3}(?:\\.[0-9]{1,3}){3}");

	private static final List<String> RESERVED_STARTS = List.of("xn--", "sthree-", "amzn-s3-demo-");

	private static final List<String> RESERVED_ENDS = List.of("-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3");

	private BucketName() {
	}

	/** Refuses a name that no bucket can have, with the rule that it breaks. */
	static void check(String name) {
		broken(name).ifPresent((rule) -> {
			throw new Problem(ProblemType.INVALID_BUCKET_NAME,
					"'%s' cannot be a bucket's name: %s.".formatted(name, rule));
		});
	}

	private static Optional<String> broken(String name) {
		Matcher foreign = FOREIGN.matcher(name);
		if (name.length() < SHORTEST || name.length() > LONGEST) {
			return Optional.of("it has %d characters, and 3 to 63 are allowed".formatted(name.length()));
		}
		if (foreign.find()) {
			return Optional.of("it holds '%s', and only a-z, 0-9, '.' and '-' are allowed".formatted(foreign.group()));
		}
		if (!isLetterOrDigit(name.charAt(0)) || !isLetterOrDigit(name.charAt(name.length() - 1))) {
			return Optional.of("it must start and end with a letter or a digit");
		}
		if (name.contains("..")) {
			return Optional.of("two dots may not stand side by side");
		}
		if (ADDRESS.matcher(name).matches()) {
			return Optional.of("it looks like an IP address");
		}
		return RESERVED_STARTS.stream()
			.filter(name::startsWith)
			.map("names that start with '%s' are reserved"::formatted)
			.findFirst()
			.or(() -> RESERVED_ENDS.stream()
				.filter(name::endsWith)
				.map("names that end with '%s' are reserved"::formatted)
				.findFirst());
	}

	private static boolean isLetterOrDigit(char character) {
		return character != '.' && character != '-';
	}

}
