package io.clipvault.links;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Percent-encoding that leaves only letters, digits and {@code - . _ ~} as they are. */
final class Rfc3986 {

	private Rfc3986() {
	}

	static String encode(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8)
			.replace("+", "%20")
			.replace("*", "%2A")
			.replace("%7E", "~");
	}

	/** Encodes a key and keeps its slashes. */
	static String encodePath(String key) {
		return Arrays.stream(key.split("/", -1)).map(Rfc3986::encode).collect(Collectors.joining("/"));
	}

}
