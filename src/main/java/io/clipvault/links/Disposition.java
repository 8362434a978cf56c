package io.clipvault.links;

import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonValue;

/** What a browser does with what it reads: show it, or save it. */
enum Disposition {

	INLINE, ATTACHMENT;

	@JsonValue
	String word() {
		return name().toLowerCase(Locale.ROOT);
	}

	/**
	 * The header of RFC 6266: the name in ASCII for old clients, and in full for the
	 * others.
	 */
	String header(String fileName) {
		StringBuilder plain = new StringBuilder();
		fileName.codePoints()
			.forEach((c) -> plain.appendCodePoint((c < ' ' || c > '~' || c == '"' || c == '\\' || c == '%') ? '_' : c));
		return "%s; filename=\"%s\"; filename*=UTF-8''%s".formatted(word(), plain, Rfc3986.encode(fileName));
	}

}
