package io.clipvault.embedded;

import java.nio.charset.StandardCharsets;

import org.gaul.s3proxy.blobstore.S3Exceptions;

/** Refuses the keys that a file system would change into another one's. */
final class FileKeys {

	private static final int LONGEST_NAME = 255;

	/** S3Proxy writes an object under its name and a random end first. */
	private static final int RANDOM_END = 37;

	private FileKeys() {
	}

	static void check(String key) {
		String[] segments = key.split("/", -1);
		for (int index = 0; index < segments.length; index++) {
			String segment = segments[index];
			boolean last = index == segments.length - 1;
			if (segment.isEmpty() && !last) {
				throw refused("an empty part between slashes");
			}
			if (segment.equals(".") || segment.equals("..")) {
				throw refused("a part '" + segment + "'");
			}
			if (segment.getBytes(StandardCharsets.UTF_8).length > (last ? LONGEST_NAME - RANDOM_END : LONGEST_NAME)) {
				throw refused("a part of more than %d bytes between slashes".formatted(LONGEST_NAME - RANDOM_END));
			}
			if (segment.indexOf('\0') >= 0) {
				throw refused("a NUL");
			}
		}
	}

	private static RuntimeException refused(String what) {
		return S3Exceptions
			.invalidArgument("A key with " + what + " cannot be a file, which this engine keeps each object as");
	}

}
