package io.clipvault.objects;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.annotation.JsonValue;
import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import org.jspecify.annotations.Nullable;

/**
 * The name of a bucket that this service may touch. It is a class and not a record,
 * because only {@link BucketScope} may make one.
 */
public final class BucketName {

	private static final int SHORTEST = 3;

	private static final int LONGEST = 63;

	private static final Pattern FOREIGN = Pattern.compile("[^a-z0-9.-]");

	private static final Pattern ADDRESS = Pattern.compile("[0-9]{1,3}(?:\\.[0-9]{1,3}){3}");

	private static final List<String> RESERVED_STARTS = List.of("xn--", "sthree-", "amzn-s3-demo-");

	private static final List<String> RESERVED_ENDS = List.of("-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3");

	private final String value;

	BucketName(String value) {
		this.value = value;
	}

	@JsonValue
	public String value() {
		return this.value;
	}

	/** Refuses a name that breaks one of S3's rules, and names the rule. */
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
			return Optional
				.of("it contains '%s', and only a-z, 0-9, '.' and '-' are allowed".formatted(foreign.group()));
		}
		if (!isLetterOrDigit(name.charAt(0)) || !isLetterOrDigit(name.charAt(name.length() - 1))) {
			return Optional.of("it must start and end with a letter or a digit");
		}
		if (name.contains("..")) {
			return Optional.of("two dots must not follow each other");
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

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof BucketName name && this.value.equals(name.value);
	}

	@Override
	public int hashCode() {
		return this.value.hashCode();
	}

	@Override
	public String toString() {
		return this.value;
	}

}
