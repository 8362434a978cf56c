package io.clipvault.objects.content;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import jakarta.servlet.http.HttpServletRequest;

/** The user metadata of an object: names in lower case, values in any script. */
record UserMetadata(Map<String, String> values) {

	static final String HEADER = "x-amz-meta-";

	/** S3's limit for all encoded names and values of an object. */
	private static final int LARGEST = 2048;

	private static final Pattern NAME = Pattern.compile("[a-z0-9!#$%&'*+.^_`|~-]+");

	UserMetadata {
		TreeMap<String, String> sorted = new TreeMap<>();
		values.forEach((name, value) -> sorted.put(name.toLowerCase(Locale.ROOT), value));
		values = Collections.unmodifiableSortedMap(sorted);
	}

	/** Accepts a caller's metadata if every store can keep it. */
	static UserMetadata of(Map<String, String> values) {
		UserMetadata metadata = new UserMetadata(values);
		int size = 0;
		for (Map.Entry<String, String> entry : metadata.values.entrySet()) {
			if (!NAME.matcher(entry.getKey()).matches()) {
				throw refused("The metadata name '%s' must consist of letters, digits, '-', '_' or '.': correct it."
					.formatted(entry.getKey()));
			}
			size += entry.getKey().length() + EncodedWords.encode(entry.getValue()).length();
		}
		if (size > LARGEST) {
			throw refused(
					"The metadata takes %,d bytes in S3's encoding, and 2,048 are allowed: send less.".formatted(size));
		}
		return metadata;
	}

	static UserMetadata ofHeaders(HttpServletRequest request) {
		Map<String, String> values = new TreeMap<>();
		Enumeration<String> names = request.getHeaderNames();
		while (names.hasMoreElements()) {
			String name = names.nextElement().toLowerCase(Locale.ROOT);
			if (name.startsWith(HEADER)) {
				values.put(name.substring(HEADER.length()), EncodedWords.decode(utf8(request.getHeader(name))));
			}
		}
		return of(values);
	}

	/** Decodes the metadata that the store keeps. */
	static UserMetadata ofStore(Map<String, String> stored) {
		Map<String, String> values = new TreeMap<>();
		stored.forEach((name, value) -> values.put(name, EncodedWords.decode(utf8(value))));
		return new UserMetadata(values);
	}

	/** Encodes the metadata for the store. */
	Map<String, String> toStore() {
		Map<String, String> stored = new TreeMap<>();
		this.values.forEach((name, value) -> stored.put(name, EncodedWords.encode(value)));
		return stored;
	}

	/** Tomcat reads headers as Latin-1, but many callers send UTF-8. */
	private static String utf8(String header) {
		if (header.chars().anyMatch((character) -> character > 0xFF)) {
			return header;
		}
		try {
			return StandardCharsets.UTF_8.newDecoder()
				.decode(ByteBuffer.wrap(header.getBytes(StandardCharsets.ISO_8859_1)))
				.toString();
		}
		catch (CharacterCodingException latin1) {
			return header;
		}
	}

	private static Problem refused(String detail) {
		return new Problem(ProblemType.INVALID_REQUEST, detail);
	}

}
