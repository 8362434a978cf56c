package io.clipvault.jobs.archives;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import io.clipvault.jobs.folders.DiskFailure;
import io.clipvault.jobs.folders.Durable;
import io.clipvault.jobs.folders.EntryName;
import io.clipvault.jobs.folders.FreeDisk;
import io.clipvault.jobs.folders.ReceivedMark;
import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/**
 * A hidden folder of the jobs root that collects the files of one request. Closing it
 * deletes what was not moved out.
 */
public final class IncomingDirectory implements AutoCloseable {

	private static final int BUFFER = 128 << 10;

	/** How much is written between two looks at what is free of the disk. */
	private static final long UNCHECKED = 16 << 20;

	private final Path folder;

	private final ArchiveSettings bounds;

	private final FreeDisk disk;

	private final byte[] buffer = new byte[BUFFER];

	private @Nullable String parent;

	private int entries;

	private long bytes;

	private long checkedAt;

	/** Creates the folder, which must not exist. */
	IncomingDirectory(Path folder, ArchiveSettings bounds, FreeDisk disk) {
		this.folder = folder;
		this.bounds = bounds;
		this.disk = disk;
		try {
			disk.require(0);
			Files.createDirectory(folder);
		}
		catch (IOException failure) {
			throw DiskFailure.of(failure);
		}
	}

	ArchiveSettings bounds() {
		return this.bounds;
	}

	public Path path() {
		return this.folder;
	}

	/** The size of all files so far. */
	long size() {
		return this.bytes;
	}

	/** Counts an entry, also one that is not kept. */
	void count() {
		if (++this.entries > this.bounds.maxFiles()) {
			throw tooLarge("There are more than %,d files: send fewer, or raise clipvault.jobs.intake.max-files."
				.formatted(this.bounds.maxFiles()));
		}
	}

	/** Writes a file and syncs it to disk. */
	public void add(String name, InputStream content) {
		count();
		EntryName entry = EntryName.of(name);
		if (this.parent != null && !this.parent.equals(entry.folder())) {
			throw new Problem(ProblemType.ARCHIVE_REFUSED,
					"'%s' is in another folder than the files before it: a job is one flat folder.".formatted(entry));
		}
		this.parent = entry.folder();
		try (FileChannel file = FileChannel.open(this.folder.resolve(entry.file()), StandardOpenOption.CREATE_NEW,
				StandardOpenOption.WRITE)) {
			write(entry.file(), content, file);
			file.force(true);
		}
		catch (FileAlreadyExistsException twice) {
			throw new Problem(ProblemType.ARCHIVE_REFUSED,
					"'%s' is there twice: send each file once.".formatted(entry.file()), twice);
		}
		catch (IOException failure) {
			throw DiskFailure.of(failure);
		}
	}

	private void write(String name, InputStream content, FileChannel file) throws IOException {
		long written = 0;
		for (int count = read(content); count >= 0; count = read(content)) {
			written += count;
			this.bytes += count;
			if (written > this.bounds.maxFileSize().toBytes()) {
				throw tooLarge(
						"'%s' is larger than %,d bytes: make it smaller, or raise clipvault.jobs.intake.max-file-size."
							.formatted(name, this.bounds.maxFileSize().toBytes()));
			}
			if (this.bytes > this.bounds.maxSize().toBytes()) {
				throw tooLarge(
						"All files together are larger than %,d bytes: send fewer, or raise clipvault.jobs.intake.max-size."
							.formatted(this.bounds.maxSize().toBytes()));
			}
			if (this.bytes - this.checkedAt >= UNCHECKED) {
				this.disk.require(0);
				this.checkedAt = this.bytes;
			}
			ByteBuffer bytes = ByteBuffer.wrap(this.buffer, 0, count);
			while (bytes.hasRemaining()) {
				file.write(bytes);
			}
		}
	}

	/** Tells a failure of the sender from a failure of this disk. */
	private int read(InputStream content) {
		try {
			return content.read(this.buffer);
		}
		catch (IOException cut) {
			throw new UnreadableUpload(cut);
		}
	}

	/**
	 * Marks the folder as received, and syncs it, so that its file names survive a crash.
	 */
	public void sync() {
		try {
			ReceivedMark.write(this.folder);
			Durable.sync(this.folder);
		}
		catch (IOException failure) {
			throw DiskFailure.of(failure);
		}
	}

	private static Problem tooLarge(String detail) {
		return new Problem(ProblemType.UPLOAD_TOO_LARGE, detail);
	}

	@Override
	public void close() {
		try {
			FileSystemUtils.deleteRecursively(this.folder);
		}
		catch (IOException failure) {
			throw DiskFailure.of(failure);
		}
	}

}
