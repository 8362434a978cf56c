package io.clipvault.gallery;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.GZIPOutputStream;

import org.jspecify.annotations.Nullable;

/** The bytes of one page, plain and compressed, with the ETag. */
final class Page {

	private static final int TAG_BYTES = 15;

	/**
	 * Memory of a page beside its bytes; without it the cache would keep millions of
	 * empty pages.
	 */
	private static final int OVERHEAD = 1000;

	private final byte[] json;

	private final byte[] gzip;

	private final String etag;

	private final @Nullable String next;

	private final Duration kept;

	/**
	 * Compresses the page and computes its ETag.
	 * @param next the address of the next page
	 * @param kept how long the page may be served
	 */
	Page(byte[] json, @Nullable String next, Duration kept) {
		this.json = json;
		this.gzip = compressed(json);
		this.etag = tag(json);
		this.next = next;
		this.kept = kept;
	}

	byte[] body(boolean compressed) {
		return compressed ? this.gzip : this.json;
	}

	/** A weak ETag, because the plain and the compressed bytes share it. */
	String etag() {
		return "W/" + this.etag;
	}

	@Nullable String next() {
		return this.next;
	}

	Duration kept() {
		return this.kept;
	}

	int weight() {
		return this.json.length + this.gzip.length + OVERHEAD;
	}

	/**
	 * Whether an {@code If-None-Match} header names this page. Spring's
	 * {@code checkNotModified} answers 200 to {@code *}, where RFC 9110 wants 304.
	 */
	boolean matches(@Nullable String ifNoneMatch) {
		return ifNoneMatch != null && (ifNoneMatch.contains(this.etag) || ifNoneMatch.strip().equals("*"));
	}

	private static byte[] compressed(byte[] bytes) {
		ByteArrayOutputStream compressed = new ByteArrayOutputStream(bytes.length / 4);
		try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
			gzip.write(bytes);
		}
		catch (IOException impossible) {
			throw new UncheckedIOException(impossible);
		}
		return compressed.toByteArray();
	}

	private static String tag(byte[] bytes) {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
			return '"' + Base64.getUrlEncoder().encodeToString(Arrays.copyOf(digest, TAG_BYTES)) + '"';
		}
		catch (NoSuchAlgorithmException impossible) {
			throw new IllegalStateException(impossible);
		}
	}

}
