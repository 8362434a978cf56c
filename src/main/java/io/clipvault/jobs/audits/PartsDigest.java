package io.clipvault.jobs.audits;

import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.BooleanSupplier;

import io.clipvault.jobs.folders.ContentDigest;
import io.clipvault.jobs.ledger.StoredFiles;

/**
 * Hashes the bytes that are written to it in the way in which a file's digest was made:
 * whole, or in parts of the size that the digest names.
 */
final class PartsDigest extends OutputStream {

	private final long partSize;

	private final BooleanSupplier stopping;

	private final MessageDigest part = sha256();

	private final MessageDigest parts = sha256();

	private long inPart;

	PartsDigest(StoredFiles.File file, BooleanSupplier stopping) {
		this.partSize = ContentDigest.partSizeOf(file.digest(), file.size()).orElse(ContentDigest.WHOLE);
		this.stopping = stopping;
	}

	@Override
	public void write(int single) {
		write(new byte[] { (byte) single }, 0, 1);
	}

	@Override
	public void write(byte[] bytes, int offset, int length) {
		if (this.stopping.getAsBoolean()) {
			throw new AuditRun.Stopping();
		}
		int from = offset;
		int left = length;
		while (left > 0) {
			if (this.inPart == this.partSize) {
				endPart();
			}
			int taken = (int) Math.min(left, this.partSize - this.inPart);
			this.part.update(bytes, from, taken);
			this.inPart += taken;
			from += taken;
			left -= taken;
		}
	}

	private void endPart() {
		this.parts.update(this.part.digest());
		this.inPart = 0;
	}

	/** The digest of all bytes; call it once. */
	String text() {
		if (this.partSize == ContentDigest.WHOLE) {
			return HexFormat.of().formatHex(this.part.digest());
		}
		endPart();
		return HexFormat.of().formatHex(this.parts.digest()) + "-" + this.partSize;
	}

	private static MessageDigest sha256() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException impossible) {
			throw new IllegalStateException("Every Java has SHA-256", impossible);
		}
	}

}
