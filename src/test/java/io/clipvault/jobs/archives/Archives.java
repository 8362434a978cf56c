package io.clipvault.jobs.archives;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import io.clipvault.jobs.folders.FolderSettings;
import io.clipvault.jobs.folders.FreeDisk;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

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
