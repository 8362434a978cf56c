package io.clipvault.storage;

import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;

/** The name of an object, exactly as the store has it. */
public record ObjectKey(String value) {

	/** The limit of S3, counted in UTF-8. */
	public static final int MAX_BYTES = 1024;

	public ObjectKey {
		int length = length(value);
		if (length == 0 || length > MAX_BYTES) {
			throw refused("The key is %,d bytes long, and S3 takes 1 to 1,024: correct it.".formatted(length));
		}
		value.codePoints().filter(ObjectKey::isForbiddenInXml).findFirst().ifPresent((character) -> {
			throw refused("The key contains the character U+%04X, which XML, and so S3, cannot carry: leave it out."
				.formatted(character));
		});
	}

	/** Whether clients and proxies would rewrite the key in a URL. */
	public boolean hasDotSegment() {
		return Arrays.stream(this.value.split("/", -1)).anyMatch((step) -> step.equals(".") || step.equals(".."));
	}

	private static boolean isForbiddenInXml(int character) {
		return Character.isISOControl(character) || character == 0xFFFE || character == 0xFFFF;
	}

	private static int length(String value) {
		try {
			return StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(value)).remaining();
		}
		catch (CharacterCodingException half) {
			throw new Problem(ProblemType.INVALID_OBJECT_KEY,
					"The key contains half a character (a lone surrogate): send it as complete Unicode.", half);
		}
	}

	private static Problem refused(String detail) {
		return new Problem(ProblemType.INVALID_OBJECT_KEY, detail);
	}

	@Override
	public String toString() {
		return this.value;
	}

}
