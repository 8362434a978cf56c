package io.clipvault.embedded;

import java.nio.charset.StandardCharsets;

import org.gaul.s3proxy.blobstore.S3Exceptions;

/**
 * Refuses keys that a file system cannot hold or would map to the file of another key.
 */
final class FileKeys {

	private static final int LONGEST_NAME = 255;

	/** S3Proxy first writes an object under its name plus a random suffix. */
	private static final int RANDOM_SUFFIX = 37;

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
			if (segment.getBytes(StandardCharsets.UTF_8).length > (last ? LONGEST_NAME - RANDOM_SUFFIX
					: LONGEST_NAME)) {
				throw refused("a part of more than %d bytes between slashes".formatted(LONGEST_NAME - RANDOM_SUFFIX));
			}
			if (segment.indexOf('\0') >= 0) {
				throw refused("a NUL");
			}
		}
	}

	private static RuntimeException refused(String what) {
		return S3Exceptions.invalidArgument(
				"This engine keeps each object as a file, and a key with " + what + " cannot be a file name");
	}

}
