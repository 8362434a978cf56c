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

/** An answer as it goes over the wire, plain and compressed, with its tag. */
final class Page {

	private static final int TAG_BYTES = 15;

	/**
	 * What a page costs beside its bytes; empty ones would else be kept by the million.
	 */
	private static final int OVERHEAD = 1000;

	private final byte[] json;

	private final byte[] gzip;

	private final String etag;

	private final @Nullable String next;

	private final Duration kept;

	/**
	 * Makes the page ready.
	 * @param next the address of the page after it
	 * @param kept how long it may be served
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

	/** The same for both forms, therefore weak. */
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

	/** Whether an {@code If-None-Match} names this page. */
	boolean isNamedBy(@Nullable String tags) {
		return tags != null && (tags.contains(this.etag) || tags.strip().equals("*"));
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
