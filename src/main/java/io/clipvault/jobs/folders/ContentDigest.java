package io.clipvault.jobs.folders;

import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The SHA-256 of a file that is sent whole, or of the digests of its parts. The digest of
 * a part also signs its request, so each byte is hashed once.
 */
public record ContentDigest(long size, long partSize, List<String> parts) {

	/** The part size of a file that is sent in one piece. */
	public static final long WHOLE = Long.MAX_VALUE;

	/** The most parts that an object of S3 can have. */
	public static final int MOST_PARTS = 10_000;

	private static final Pattern TEXT = Pattern.compile("[0-9a-f]{64}(?:-([0-9]{1,15}))?");

	private static final HexFormat HEX = HexFormat.of();

	/**
	 * The part size in the text of an object's digest. Empty for a text that this service
	 * did not write for an object of this size: the metadata of an object can hold
	 * anything, and a tiny part size would make billions of parts.
	 */
	public static OptionalLong partSizeOf(@Nullable String text, long size) {
		Matcher digest = TEXT.matcher((text != null) ? text : "");
		if (!digest.matches()) {
			return OptionalLong.empty();
		}
		long partSize = (digest.group(1) != null) ? Long.parseLong(digest.group(1)) : WHOLE;
		return (partSize > 0 && (size - 1) / partSize < MOST_PARTS) ? OptionalLong.of(partSize) : OptionalLong.empty();
	}

	/**
	 * The digest as the object carries it, followed by the part size if there are parts.
	 */
	public String text() {
		if (this.partSize == WHOLE) {
			return this.parts.getFirst();
		}
		MessageDigest all = Hashing.digest("SHA-256");
		this.parts.forEach((part) -> all.update(HEX.parseHex(part)));
		return HEX.formatHex(all.digest()) + "-" + this.partSize;
	}

	public boolean hasText(@Nullable String text) {
		return text().equals(text);
	}

	/** Where a part starts; parts count from 1. */
	public long offset(int number) {
		return (this.partSize == WHOLE) ? 0 : (number - 1) * this.partSize;
	}

	public long length(int number) {
		return Math.min(this.partSize, this.size - offset(number));
	}

}
