package io.clipvault.jobs.archives;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;

import io.clipvault.jobs.folders.EntryName;
import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import org.apache.commons.compress.archivers.zip.UnicodePathExtraField;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * Unpacks a zip of plain files from the disk. Only the directory at the end of a zip says
 * which entries are links and how large they are, so a zip is not read as a stream.
 */
public final class ZipReader {

	/** An archive may unpack to this size at any ratio. */
	private static final long FREE = 1 << 20;

	private static final String FINDER_EXTRAS = "__MACOSX/";

	private static final int TYPE = 0170000;

	private static final int PLAIN_FILE = 0100000;

	private static final int LOCAL_NAME_LENGTH = 26;

	private static final int LOCAL_HEADER = 30;

	private ZipReader() {
	}

	public static void unpack(Path archive, IncomingDirectory incoming) {
		ArchiveSettings bounds = incoming.bounds();
		try (FileChannel channel = FileChannel.open(archive)) {
			// Checked before the library reads the whole directory into memory.
			ZipDirectory.requireSmall(channel, bounds.maxFiles());
			long most = Math.max(FREE, Files.size(archive) * bounds.maxRatio());
			// The headers outside of the directory may have extra fields of 64 KB each.
			try (ZipFile zip = ZipFile.builder().setSeekableByteChannel(channel).setIgnoreLocalFileHeader(true).get()) {
				for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
					if (name(entry).startsWith(FINDER_EXTRAS)) {
						continue;
					}
					requireSameName(entry, channel);
					if (entry.isDirectory()) {
						continue;
					}
					requireFile(entry, zip);
					add(entry, zip, incoming, most);
				}
			}
		}
		catch (IOException | IllegalArgumentException broken) {
			throw new UnreadableUpload(broken);
		}
	}

	private static void add(ZipArchiveEntry entry, ZipFile zip, IncomingDirectory incoming, long most)
			throws IOException {
		CRC32 sum = new CRC32();
		long before = incoming.size();
		try (InputStream content = new CheckedInputStream(new Ratio(zip.getInputStream(entry), most - before), sum)) {
			incoming.add(name(entry), content);
		}
		if (sum.getValue() != entry.getCrc() || incoming.size() - before != entry.getSize()) {
			throw new Problem(ProblemType.ARCHIVE_REFUSED,
					"'%s' is damaged: its size or CRC differs from the one in the archive's directory: pack the files again."
						.formatted(name(entry)));
		}
	}

	/** The name, which some packers write once more in Unicode. */
	private static String name(ZipArchiveEntry entry) {
		if (entry.getExtraField(UnicodePathExtraField.UPATH_ID) instanceof UnicodePathExtraField unicode) {
			CRC32 sum = new CRC32();
			sum.update(entry.getRawName());
			if (sum.getValue() == unicode.getNameCRC32()) {
				return new String(unicode.getUnicodeName(), StandardCharsets.UTF_8);
			}
		}
		return entry.getName();
	}

	private static void requireFile(ZipArchiveEntry entry, ZipFile zip) {
		EntryName name = EntryName.of(name(entry));
		int type = entry.getUnixMode() & TYPE;
		if (type != 0 && type != PLAIN_FILE) {
			throw new Problem(ProblemType.ARCHIVE_REFUSED,
					"'%s' is a link or another special entry: pack plain files only.".formatted(name));
		}
		if (entry.getGeneralPurposeBit().usesEncryption() || !zip.canReadEntryData(entry)) {
			throw new Problem(ProblemType.ARCHIVE_REFUSED,
					"'%s' is encrypted or uses a compression that is not supported: use plain deflate or store."
						.formatted(name));
		}
	}

	/** A scanner may have checked the other of the two names. */
	private static void requireSameName(ZipArchiveEntry entry, FileChannel channel) throws IOException {
		ByteBuffer header = read(channel, entry.getLocalHeaderOffset(), LOCAL_HEADER);
		int length = Short.toUnsignedInt(header.getShort(LOCAL_NAME_LENGTH));
		byte[] name = read(channel, entry.getLocalHeaderOffset() + LOCAL_HEADER, length).array();
		if (!Arrays.equals(name, entry.getRawName())) {
			throw new Problem(ProblemType.ARCHIVE_REFUSED,
					"'%s' has another name in its header than in the archive's directory: pack the files anew."
						.formatted(EntryName.of(name(entry))));
		}
	}

	static ByteBuffer read(FileChannel channel, long from, int length) throws IOException {
		ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
		while (bytes.hasRemaining()) {
			if (from < 0 || channel.read(bytes, from + bytes.position()) < 0) {
				throw new IOException("the zip's directory points outside of it");
			}
		}
		return bytes.flip();
	}

	/** Refuses an archive that unpacks to far more than its own size. */
	private static final class Ratio extends FilterInputStream {

		private long left;

		Ratio(InputStream in, long left) {
			super(in);
			this.left = left;
		}

		@Override
		public int read() throws IOException {
			byte[] one = new byte[1];
			return (read(one, 0, 1) < 0) ? -1 : one[0] & 0xff;
		}

		@Override
		public int read(byte[] bytes, int offset, int length) throws IOException {
			int count = super.read(bytes, offset, length);
			this.left -= Math.max(count, 0);
			if (this.left < 0) {
				throw new Problem(ProblemType.UPLOAD_TOO_LARGE,
						"The archive unpacks to far more than its size: send the files as they are, or raise clipvault.jobs.intake.max-ratio.");
			}
			return count;
		}

	}

}
