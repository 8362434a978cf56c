package io.clipvault.links;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonValue;

import org.springframework.http.ContentDisposition;

/** Whether a browser shows an object or saves it. */
enum Disposition {

	INLINE, ATTACHMENT;

	@JsonValue
	String word() {
		return name().toLowerCase(Locale.ROOT);
	}

	/** The header with the file name in ASCII for old clients, and in UTF-8. */
	String header(String fileName) {
		return ContentDisposition.builder(word()).filename(fileName, StandardCharsets.UTF_8).build().toString();
	}

}
