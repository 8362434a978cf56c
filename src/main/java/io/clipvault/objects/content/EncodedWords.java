package io.clipvault.objects.content;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Encodes user metadata for S3's headers: plain ASCII unchanged, everything else as
 * encoded words (RFC 2047), like S3 and its console.
 */
final class EncodedWords {

	/** An encoded word has at most 75 characters, and 12 of them are its delimiters. */
	private static final int BYTES_IN_WORD = 45;

	private static final Pattern WORD = Pattern
		.compile("=\\?([A-Za-z0-9_-]+)(?:\\*[A-Za-z-]*)?\\?([BbQq])\\?([!-~&&[^?]]*)\\?=");

	private static final Pattern BETWEEN = Pattern.compile("(?<=\\?=)[ \\t]+(?==\\?)");

	private EncodedWords() {
	}

	static String encode(String text) {
		if (isPlain(text)) {
			return text;
		}
		StringBuilder words = new StringBuilder();
		ByteArrayOutputStream word = new ByteArrayOutputStream();
		text.codePoints().forEach((character) -> {
			byte[] bytes = Character.toString(character).getBytes(StandardCharsets.UTF_8);
			if (word.size() + bytes.length > BYTES_IN_WORD) {
				append(words, word);
			}
			word.writeBytes(bytes);
		});
		append(words, word);
		return words.toString();
	}

	private static void append(StringBuilder words, ByteArrayOutputStream word) {
		words.append(words.isEmpty() ? "" : " ")
			.append("=?UTF-8?B?")
			.append(Base64.getEncoder().encodeToString(word.toByteArray()))
			.append("?=");
		word.reset();
	}

	/**
	 * Whether a header carries the text unchanged and nobody mistakes it for encoded
	 * words.
	 */
	private static boolean isPlain(String text) {
		return text.chars().allMatch((character) -> character >= ' ' && character <= '~') && text.equals(text.strip())
				&& !text.contains("=?");
	}

	static String decode(String header) {
		Matcher words = WORD.matcher(BETWEEN.matcher(header).replaceAll(""));
		return words.replaceAll((word) -> Matcher
			.quoteReplacement(decoded(word.group(), word.group(1), word.group(2).charAt(0), word.group(3))));
	}

	private static String decoded(String word, String charset, char encoding, String content) {
		try {
			byte[] bytes = (encoding == 'B' || encoding == 'b') ? Base64.getDecoder().decode(content)
					: quotedPrintable(content);
			return new String(bytes, Charset.forName(charset));
		}
		catch (IllegalArgumentException notEncodedAfterAll) {
			return word;
		}
	}

	private static byte[] quotedPrintable(String content) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		for (int at = 0; at < content.length(); at++) {
			char character = content.charAt(at);
			if (character == '=') {
				if (at + 2 >= content.length()) {
					throw new IllegalArgumentException("A byte is cut off");
				}
				bytes.write(HexFormat.fromHexDigits(content, at + 1, at + 3));
				at += 2;
			}
			else {
				bytes.write((character == '_') ? ' ' : character);
			}
		}
		return bytes.toByteArray();
	}

}
