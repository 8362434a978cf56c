package io.clipvault.jobs.archives;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import io.clipvault.jobs.folders.FolderSettings;
import io.clipvault.jobs.folders.FreeDisk;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.UnicodePathExtraField;
import org.apache.commons.compress.archivers.zip.UnrecognizedExtraField;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipShort;

import org.springframework.util.unit.DataSize;

/** Makes archives, correct ones and harmful ones, and the folders that they go to. */
public final class Archives {

	private Archives() {
	}

	/** The hidden folders of a jobs root, with small bounds. */
	public static IncomingDirectories incoming(Path root, Clock clock) {
		return incoming(root, DataSize.ofKilobytes(10), clock);
	}

	static IncomingDirectories incoming(Path root, DataSize most, Clock clock) {
		return new IncomingDirectories(new FolderSettings(root), new ArchiveSettings(10, most, most, 10),
				new FreeDisk(new FolderSettings(root)), clock);
	}

	/** Plain files with these names, each holding its own name. */
	public static byte[] zip(String... names) {
		return written((bytes) -> {
			try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
				for (String name : names) {
					zip.putNextEntry(new ZipEntry(name));
					zip.write(content(name));
					zip.closeEntry();
				}
			}
		});
	}

	static byte[] zipTwice(String name) {
		return written((bytes) -> {
			try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(bytes)) {
				for (int i = 0; i < 2; i++) {
					zip.putArchiveEntry(new ZipArchiveEntry(name));
					zip.write(content(name));
					zip.closeArchiveEntry();
				}
			}
		});
	}

	/** Empty files whose names and comments together are of this length. */
	static byte[] zipOfLongNames(int entries, int length) {
		return written((bytes) -> {
			try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
				for (int number = 0; number < entries; number++) {
					ZipEntry entry = new ZipEntry(("%0" + length / 2 + "d").formatted(number));
					entry.setComment("c".repeat(length / 2));
					zip.putNextEntry(entry);
					zip.closeEntry();
				}
			}
		});
	}

	/**
	 * Files whose headers outside of the directory have an extra field of this length.
	 */
	static byte[] zipOfLocalExtras(int entries, int length) {
		return written((bytes) -> {
			try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(bytes)) {
				for (int number = 0; number < entries; number++) {
					ZipArchiveEntry entry = new ZipArchiveEntry(number + ".mp4");
					UnrecognizedExtraField extra = new UnrecognizedExtraField();
					extra.setHeaderId(new ZipShort(0x7777));
					extra.setLocalFileDataData(new byte[length]);
					extra.setCentralDirectoryData(new byte[0]);
					entry.addExtraField(extra);
					zip.putArchiveEntry(entry);
					zip.write(content(number + ".mp4"));
					zip.closeArchiveEntry();
				}
			}
		});
	}

	/** A file whose name is plain ASCII for old unpackers, and Unicode beside it. */
	static byte[] zipOfTwoNames(String plain, String unicode) {
		return written((bytes) -> {
			try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(bytes)) {
				zip.setUseLanguageEncodingFlag(false);
				ZipArchiveEntry entry = new ZipArchiveEntry(plain);
				entry.addExtraField(new UnicodePathExtraField(unicode, plain.getBytes(StandardCharsets.US_ASCII)));
				zip.putArchiveEntry(entry);
				zip.write(content(unicode));
				zip.closeArchiveEntry();
			}
		});
	}

	static byte[] zipLink(String name, String target) {
		return written((bytes) -> {
			try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(bytes)) {
				ZipArchiveEntry entry = new ZipArchiveEntry(name);
				entry.setUnixMode(0120777);
				zip.putArchiveEntry(entry);
				zip.write(content(target));
				zip.closeArchiveEntry();
			}
		});
	}

	static byte[] zipOf(String name, byte[] content) {
		return written((bytes) -> {
			try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
				zip.putNextEntry(new ZipEntry(name));
				zip.write(content);
				zip.closeEntry();
			}
		});
	}

	/** Plain files with these names, each holding its own name. */
	public static byte[] tar(String... names) {
		return written((bytes) -> {
			try (TarArchiveOutputStream tar = posix(bytes)) {
				for (String name : names) {
					TarArchiveEntry entry = new TarArchiveEntry(name, true);
					byte[] content = name.endsWith("/") ? new byte[0] : content(name);
					entry.setSize(content.length);
					tar.putArchiveEntry(entry);
					tar.write(content);
					tar.closeArchiveEntry();
				}
			}
		});
	}

	/** A plain file after global headers, each with a field of its own. */
	static byte[] tarOfGlobalHeaders(int headers) {
		return written((bytes) -> {
			for (int number = 0; number < headers; number++) {
				byte[] fields = "17 field%04d=yes\n".formatted(number).getBytes(StandardCharsets.UTF_8);
				TarArchiveEntry header = new TarArchiveEntry("pax_global_header",
						TarConstants.LF_PAX_GLOBAL_EXTENDED_HEADER, true);
				header.setSize(fields.length);
				byte[] record = new byte[512];
				header.writeEntryHeader(record);
				bytes.write(record);
				bytes.write(Arrays.copyOf(fields, 512));
			}
			bytes.write(tar("talk_clip_1.mp4"));
		});
	}

	/** One entry of this kind, such as a link, beside a plain file. */
	static byte[] tarSpecial(String name, byte kind, String target) {
		return written((bytes) -> {
			try (TarArchiveOutputStream tar = posix(bytes)) {
				TarArchiveEntry entry = new TarArchiveEntry(name, kind, true);
				entry.setLinkName(target);
				tar.putArchiveEntry(entry);
				tar.closeArchiveEntry();
			}
		});
	}

	/** An entry whose name, as GNU tar writes long ones, fills this many bytes. */
	static byte[] tarLongName(int length) {
		return written((bytes) -> {
			try (TarArchiveOutputStream tar = posix(bytes)) {
				TarArchiveEntry entry = new TarArchiveEntry("././@LongLink", TarConstants.LF_GNUTYPE_LONGNAME, true);
				entry.setSize(length);
				tar.putArchiveEntry(entry);
				tar.write("n".repeat(length).getBytes(StandardCharsets.UTF_8));
				tar.closeArchiveEntry();
			}
		});
	}

	static byte[] content(String name) {
		return ("this is " + name).getBytes(StandardCharsets.UTF_8);
	}

	private static TarArchiveOutputStream posix(ByteArrayOutputStream bytes) {
		TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8");
		tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
		tar.setAddPaxHeadersForNonAsciiNames(true);
		return tar;
	}

	private static byte[] written(Packing packing) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try {
			packing.pack(bytes);
			return bytes.toByteArray();
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
	}

	/** Writes an archive. */
	private interface Packing {

		void pack(ByteArrayOutputStream bytes) throws IOException;

	}

}
