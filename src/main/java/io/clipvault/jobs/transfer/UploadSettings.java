package io.clipvault.jobs.transfer;

import io.clipvault.jobs.folders.ContentDigest;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How files are sent.
 *
 * @param parallel how many files and parts are sent at once, over all jobs together
 * @param multipartThreshold files larger than this are sent in parts
 * @param partSize how large a part is; it grows where a file would need more than the
 * store takes
 */
@ConfigurationProperties("clipvault.upload")
record UploadSettings(@DefaultValue("8") int parallel, @DefaultValue("16MB") DataSize multipartThreshold,
		@DefaultValue("8MB") DataSize partSize) {

	private static final DataSize SMALLEST_PART = DataSize.ofMegabytes(5);

	UploadSettings {
		if (parallel < 1) {
			throw new IllegalArgumentException("clipvault.upload.parallel must be at least 1: " + parallel);
		}
		if (partSize.compareTo(SMALLEST_PART) < 0 || multipartThreshold.compareTo(partSize) < 0) {
			throw new IllegalArgumentException(
					"clipvault.upload: part-size must be at least 5MB, and multipart-threshold at least part-size");
		}
	}

	boolean goesInParts(long size) {
		return size > this.multipartThreshold.toBytes();
	}

	/** How many parts a file of this size has if the store takes so many. */
	long partsOf(long size) {
		return Math.ceilDiv(size, this.partSize.toBytes());
	}

	/** The part size for a file of this size, where the store takes at most so many. */
	long partSizeFor(long size, int mostParts) {
		if (!goesInParts(size)) {
			return ContentDigest.WHOLE;
		}
		long needed = Math.ceilDiv(size, mostParts);
		long mebibyte = DataSize.ofMegabytes(1).toBytes();
		return Math.max(this.partSize.toBytes(), (needed + mebibyte - 1) / mebibyte * mebibyte);
	}

}
