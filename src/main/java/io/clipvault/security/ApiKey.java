package io.clipvault.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A key that a program or a person proves its name with; the key itself is not kept.
 *
 * @param name names the holder in the log; two keys may have the same name
 * @param digest the SHA-256 of the key in hex
 */
record ApiKey(String name, Role role, String digest) {

	/** All keys begin so, which tells them apart from other tokens. */
	static final String PREFIX = "cv_";

	/** Longer texts are no keys and are not hashed. */
	private static final int LONGEST = 128;

	private static final int RANDOM_BYTES = 32;

	private static final int ID_LENGTH = 8;

	private static final Pattern ENTRY = Pattern.compile("([A-Za-z0-9._-]{1,64}):([a-z]{1,16}):([0-9a-fA-F]{64})");

	/** Reads an entry of the setting, {@code name:role:sha256}. */
	static ApiKey parse(String entry) {
		Matcher parts = ENTRY.matcher(entry.strip());
		if (!parts.matches()) {
			throw refused(entry);
		}
		Role role = Role.named(parts.group(2)).orElseThrow(() -> refused(entry));
		return new ApiKey(parts.group(1), role, HexFormat.of().formatHex(HexFormat.of().parseHex(parts.group(3))));
	}

	/** Names the entry without its end, which might be the key itself. */
	private static IllegalArgumentException refused(String entry) {
		return new IllegalArgumentException(
				"clipvault.security.keys has an entry that begins with '%s' and is not name:role:sha256: make one with 'java -jar clipvault.jar new-key --name=ci --role=producer' (roles: viewer, producer, admin)."
					.formatted(entry.strip().replaceFirst(":.*", "").replaceFirst("(?<=^.{8}).+", "…")));
	}

	/** Makes the text of a new key, from 256 random bits. */
	static String random() {
		byte[] bytes = new byte[RANDOM_BYTES];
		new SecureRandom().nextBytes(bytes);
		return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
	}

	static boolean isPossible(String presented) {
		return presented.startsWith(PREFIX) && presented.length() <= LONGEST;
	}

	static String digest(String secret) {
		try {
			return HexFormat.of()
				.formatHex(MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8)));
		}
		catch (NoSuchAlgorithmException impossible) {
			throw new IllegalStateException(impossible);
		}
	}

	/** Compares digests in the same time wherever they differ. */
	static boolean isSame(String digest, String other) {
		return MessageDigest.isEqual(digest.getBytes(StandardCharsets.US_ASCII),
				other.getBytes(StandardCharsets.US_ASCII));
	}

	Caller caller() {
		return new Caller(this.name, this.digest.substring(0, ID_LENGTH), this.role);
	}

}
