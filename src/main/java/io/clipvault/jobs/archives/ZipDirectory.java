package io.clipvault.jobs.archives;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;

/** Measures a zip's directory without keeping it. */
final class ZipDirectory {

	private static final int END = 0x06054b50;

	private static final int END_LENGTH = 22;

	private static final int LONGEST_COMMENT = 0xffff;

	private static final int LOCATOR_64 = 0x07064b50;

	private static final int LOCATOR_64_LENGTH = 20;

	private static final int END_64_LENGTH = 56;

	private static final int ENTRY = 0x02014b50;

	private static final int ENTRY_LENGTH = 46;

	/** The longest file name, and the extra fields of common packers. */
	private static final int BYTES_PER_ENTRY = 512;

	private static final int FREE = 64 << 10;

	private ZipDirectory() {
	}

	/** Refuses a directory with too many entries, or with long names and comments. */
	static void requireSmall(FileChannel zip, int mostEntries) throws IOException {
		long start = start(zip);
		long most = FREE + (long) mostEntries * BYTES_PER_ENTRY;
		long at = start;
		int count = 0;
		while (at + ENTRY_LENGTH <= zip.size()) {
			ByteBuffer entry = ZipReader.read(zip, at, ENTRY_LENGTH);
			if (entry.getInt(0) != ENTRY) {
				break;
			}
			at += ENTRY_LENGTH + Short.toUnsignedInt(entry.getShort(28)) + Short.toUnsignedInt(entry.getShort(30))
					+ Short.toUnsignedInt(entry.getShort(32));
			if (++count > mostEntries) {
				throw new Problem(ProblemType.UPLOAD_TOO_LARGE,
						"There are more than %,d files: send fewer, or raise clipvault.jobs.intake.max-files."
							.formatted(mostEntries));
			}
			if (at - start > most) {
				throw new Problem(ProblemType.UPLOAD_TOO_LARGE,
						"The names, comments and extra fields in the zip's directory take more than %,d bytes: pack the files with short names and without comments."
							.formatted(most));
			}
		}
	}

	private static long start(FileChannel zip) throws IOException {
		int length = (int) Math.min(zip.size(), END_LENGTH + LONGEST_COMMENT);
		ByteBuffer tail = ZipReader.read(zip, zip.size() - length, length);
		for (int at = length - END_LENGTH; at >= 0; at--) {
			if (tail.getInt(at) == END) {
				long end = zip.size() - length + at;
				long locator = end - LOCATOR_64_LENGTH;
				return (locator >= 0 && ZipReader.read(zip, locator, 4).getInt(0) == LOCATOR_64)
						? largeStart(zip, ZipReader.read(zip, locator + 8, 8).getLong(0))
						: start(end, Integer.toUnsignedLong(tail.getInt(at + 12)),
								Integer.toUnsignedLong(tail.getInt(at + 16)));
			}
		}
		throw new IOException("it is no zip, or was cut: it has no directory");
	}

	private static long largeStart(FileChannel zip, long end) throws IOException {
		ByteBuffer record = ZipReader.read(zip, end, END_64_LENGTH);
		return start(end, record.getLong(40), record.getLong(48));
	}

	/** Refuses a directory that the library might look for in another place. */
	private static long start(long end, long size, long offset) throws IOException {
		if (size < 0 || offset < 0 || offset != end - size) {
			throw new IOException("the zip's directory is not where its end says");
		}
		return offset;
	}

}
