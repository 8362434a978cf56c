package io.clipvault.jobs.archives;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

import io.clipvault.jobs.folders.EntryName;
import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.jspecify.annotations.Nullable;

/** Unpacks a tar stream of plain files as it arrives. */
public final class TarReader {

	/** Headers are read into memory; this is enough for the longest path. */
	private static final int LARGEST_HEADER = 64 << 10;

	private static final int RECORD = 512;

	private TarReader() {
	}

	public static void unpack(InputStream body, IncomingDirectory incoming) {
		HeaderBound bound = new HeaderBound(body);
		try {
			// Not closed: the web server closes the body.
			TarArchiveInputStream tar = new OneGlobalHeader(bound);
			for (TarArchiveEntry entry = next(tar, bound); entry != null; entry = next(tar, bound)) {
				if (entry.isDirectory()) {
					incoming.count();
					continue;
				}
				requireFile(entry);
				incoming.add(entry.getName(), tar);
			}
			if (bound.used < RECORD) {
				throw new Problem(ProblemType.ARCHIVE_REFUSED,
						"The archive ends without its end mark, so it was cut: pack and send it again.");
			}
		}
		catch (IOException | IllegalArgumentException broken) {
			throw new UnreadableUpload(broken);
		}
	}

	private static TarArchiveEntry next(TarArchiveInputStream tar, HeaderBound bound) throws IOException {
		bound.used = 0;
		bound.header = true;
		TarArchiveEntry entry = tar.getNextEntry();
		bound.header = false;
		return entry;
	}

	private static void requireFile(TarArchiveEntry entry) {
		boolean plain = switch (entry.getLinkFlag()) {
			case TarConstants.LF_OLDNORM, TarConstants.LF_NORMAL, TarConstants.LF_CONTIG -> !entry.isSparse();
			default -> false;
		};
		if (!plain) {
			throw new Problem(ProblemType.ARCHIVE_REFUSED,
					"'%s' is a link, a device or another special entry: pack plain files only."
						.formatted(EntryName.of(entry.getName())));
		}
	}

	/**
	 * Refuses a second global header: the fields of all are kept, and copied for each
	 * entry. Packers write one at most.
	 */
	private static final class OneGlobalHeader extends TarArchiveInputStream {

		private static final int KIND = 156;

		private boolean seen;

		OneGlobalHeader(InputStream in) {
			super(in, "UTF-8");
		}

		@Override
		protected byte @Nullable [] readRecord() throws IOException {
			byte[] record = super.readRecord();
			if (record != null && record[KIND] == TarConstants.LF_PAX_GLOBAL_EXTENDED_HEADER) {
				if (this.seen) {
					throw new Problem(ProblemType.ARCHIVE_REFUSED,
							"The archive has more than one global header: pack the files again, as one archive.");
				}
				this.seen = true;
			}
			return record;
		}

	}

	/** Refuses a header that would fill the memory. */
	private static final class HeaderBound extends FilterInputStream {

		private boolean header;

		private long used;

		HeaderBound(InputStream in) {
			super(in);
		}

		@Override
		public int read() throws IOException {
			byte[] one = new byte[1];
			return (read(one, 0, 1) < 0) ? -1 : one[0] & 0xff;
		}

		@Override
		public int read(byte[] bytes, int offset, int length) throws IOException {
			int count = super.read(bytes, offset, length);
			this.used += Math.max(count, 0);
			if (this.header && this.used > LARGEST_HEADER) {
				throw new IOException("a header is larger than 64 KB");
			}
			return count;
		}

		@Override
		public long skip(long wanted) throws IOException {
			long count = super.skip(wanted);
			this.used += count;
			return count;
		}

	}

}
