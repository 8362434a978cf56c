package io.clipvault.links;

import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.CharBuffer;
import java.util.Arrays;

import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;

/** The name of an object that a link can lead to. */
record ObjectKey(String value) {

	private static final int LONGEST = 1024;

	ObjectKey {
		int bytes = length(value);
		if (bytes == 0 || bytes > LONGEST) {
			throw new Problem(ProblemType.INVALID_REQUEST,
					"A key is 1 to 1,024 bytes long and this one is %,d: correct 'key'.".formatted(bytes));
		}
		value.codePoints().filter(ObjectKey::isUnspeakable).findFirst().ifPresent((character) -> {
			throw new Problem(ProblemType.INVALID_REQUEST,
					"The key holds the character U+%04X, which XML, and so S3, cannot carry: leave it out."
						.formatted(character));
		});
		if (Arrays.stream(value.split("/", -1)).anyMatch((step) -> step.equals(".") || step.equals(".."))) {
			// A browser resolves such steps before it sends them, and so breaks the
			// signature.
			throw new Problem(ProblemType.INVALID_REQUEST,
					"'%s' has a step '.' or '..', which no address can carry: copy the object to another key."
						.formatted(value));
		}
	}

	private static boolean isUnspeakable(int character) {
		return Character.isISOControl(character) || character == 0xFFFE || character == 0xFFFF;
	}

	private static int length(String value) {
		try {
			return StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(value)).remaining();
		}
		catch (CharacterCodingException half) {
			throw new Problem(ProblemType.INVALID_REQUEST,
					"The key holds half a character (a lone surrogate): send it as complete Unicode.", half);
		}
	}

}
