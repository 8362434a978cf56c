package io.clipvault.jobs.folders;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

/**
 * The SHA-256 of a file that is sent whole, or of the digests of its parts. The digest of
 * a part also signs its request, so each byte is hashed once.
 */
public record ContentDigest(long size, long partSize, List<String> parts) {

	/** The part size of a file that is sent in one piece. */
	public static final long WHOLE = Long.MAX_VALUE;

	private static final HexFormat HEX = HexFormat.of();

	private static final int BUFFER = 128 << 10;

	/** Hashes a file, and fails if it changes meanwhile. */
	public static ContentDigest of(Path file, long partSize) throws IOException {
		FileState before = FileState.of(file);
		List<String> parts = new ArrayList<>();
		byte[] buffer = new byte[BUFFER];
		long offset = 0;
		do {
			long length = Math.min(partSize, before.size() - offset);
			parts.add(sha256(file, offset, length, buffer));
			offset += length;
		}
		while (offset < before.size());
		before.requireUnchanged(file);
		return new ContentDigest(before.size(), partSize, List.copyOf(parts));
	}

	/** The part size in a digest's text. */
	public static long partSizeOf(String text) {
		int dash = text.indexOf('-');
		try {
			return (dash < 0) ? WHOLE : Math.max(1, Long.parseLong(text.substring(dash + 1)));
		}
		catch (NumberFormatException foreign) {
			return WHOLE;
		}
	}

	/**
	 * The digest as the object carries it, followed by the part size if there are parts.
	 */
	public String text() {
		if (this.partSize == WHOLE) {
			return this.parts.getFirst();
		}
		MessageDigest all = sha256();
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

	private static String sha256(Path file, long offset, long length, byte[] buffer) throws IOException {
		MessageDigest digest = sha256();
		try (InputStream bytes = new FileRange(file, offset, length, new AtomicLong())) {
			for (int read = bytes.read(buffer); read >= 0; read = bytes.read(buffer)) {
				digest.update(buffer, 0, read);
			}
		}
		return HEX.formatHex(digest.digest());
	}

	static MessageDigest sha256() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException impossible) {
			throw new IllegalStateException("Every Java has SHA-256", impossible);
		}
	}

}
