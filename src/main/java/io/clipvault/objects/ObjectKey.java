package io.clipvault.objects;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;

/** The name of an object, exactly as the store has it. */
record ObjectKey(String value) {

	private static final int LONGEST = 1024;

	ObjectKey {
		int length = value.getBytes(StandardCharsets.UTF_8).length;
		if (length == 0 || length > LONGEST) {
			throw refused("The key is %,d bytes long, and S3 takes 1 to 1,024: correct it.".formatted(length));
		}
		value.codePoints().filter(ObjectKey::isUnspeakable).findFirst().ifPresent((character) -> {
			throw refused("The key holds the character U+%04X, which XML, and so S3, cannot carry: leave it out."
				.formatted(character));
		});
	}

	private static boolean isUnspeakable(int character) {
		return Character.isISOControl(character) || character == 0xFFFE || character == 0xFFFF
				|| (character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE);
	}

	/**
	 * Reads a key from the raw path of an address, whose slashes stand for themselves
	 * whether they are encoded or not.
	 */
	static ObjectKey ofPath(String raw) {
		ObjectKey key = new ObjectKey(decoded(raw, false));
		for (String segment : key.value.split("/", -1)) {
			if (segment.equals(".") || segment.equals("..")) {
				throw refused(
						"Clients and proxies rewrite a path with '.' or '..' in it: send this key as /buckets/{bucket}/object?key=….");
			}
		}
		return key;
	}

	/** Reads a key from the raw value of a query parameter. */
	static ObjectKey ofQuery(String raw) {
		return new ObjectKey(decoded(raw, true));
	}

	private static String decoded(String raw, boolean plusIsSpace) {
		ByteBuffer bytes = ByteBuffer.allocate(raw.length());
		for (int at = 0; at < raw.length(); at++) {
			char character = raw.charAt(at);
			if (character == '%' && at + 2 < raw.length() && HexFormat.isHexDigit(raw.charAt(at + 1))
					&& HexFormat.isHexDigit(raw.charAt(at + 2))) {
				bytes.put((byte) HexFormat.fromHexDigits(raw, at + 1, at + 3));
				at += 2;
			}
			else if (character == '%' || character > 0x7E) {
				throw refused(
						"The key is not encoded well: write each byte of its UTF-8 form, and '%' itself, as %XX.");
			}
			else {
				bytes.put((byte) ((character == '+' && plusIsSpace) ? ' ' : character));
			}
		}
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
		}
		catch (CharacterCodingException notUtf8) {
			throw refused("The key is not UTF-8: write each byte of its UTF-8 form as %XX.");
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
