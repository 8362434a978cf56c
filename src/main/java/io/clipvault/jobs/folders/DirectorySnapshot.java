package io.clipvault.jobs.folders;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

import io.clipvault.layouts.JobCompleteness;

/** The files of a directory at one moment: sizes and dates by name. */
public record DirectorySnapshot(Path path, SortedMap<String, Seen> files) {

	private static final int MOST_FILES = 10_000;

	public static DirectorySnapshot of(Path path) throws IOException {
		SortedMap<String, Seen> files = new TreeMap<>();
		try (DirectoryStream<Path> found = Files.newDirectoryStream(path)) {
			for (Path file : found) {
				Seen.of(file).ifPresent((seen) -> files.put(file.getFileName().toString(), seen));
				if (files.size() > MOST_FILES) {
					throw new IOException("it has more than 10,000 files");
				}
			}
		}
		catch (DirectoryIteratorException failure) {
			throw failure.getCause();
		}
		return new DirectorySnapshot(path, files);
	}

	public String name() {
		return this.path.getFileName().toString();
	}

	public List<String> names(Predicate<String> filter) {
		return this.files.keySet().stream().filter(filter).toList();
	}

	/** The same moment as if these files had not been there. */
	public DirectorySnapshot without(Set<String> names) {
		SortedMap<String, Seen> left = new TreeMap<>(this.files);
		left.keySet().removeAll(names);
		return new DirectorySnapshot(this.path, left);
	}

	/**
	 * A digest of names, sizes and dates; equal for snapshots without a change between.
	 */
	public String digest(Predicate<String> filter) {
		MessageDigest digest = Hashing.digest("SHA-256");
		for (Map.Entry<String, Seen> file : this.files.entrySet()) {
			if (filter.test(file.getKey())) {
				digest
					.update("%s\0%d\0%d\n".formatted(file.getKey(), file.getValue().size(), file.getValue().modified())
						.getBytes(StandardCharsets.UTF_8));
			}
		}
		return HexFormat.of().formatHex(digest.digest());
	}

	public boolean isComplete(JobCompleteness completeness) {
		Map<String, Long> sizes = new HashMap<>();
		this.files.forEach((name, seen) -> sizes.put(name, seen.size()));
		return completeness.isComplete(sizes,
				(name) -> Files.newInputStream(this.path.resolve(name), LinkOption.NOFOLLOW_LINKS));
	}

	/** The size and date of a file. */
	record Seen(long size, long modified) {

		/** Empty for anything but a regular file, and for one that has vanished. */
		static Optional<Seen> of(Path file) throws IOException {
			try {
				BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class,
						LinkOption.NOFOLLOW_LINKS);
				return now.isRegularFile() ? Optional.of(new Seen(now.size(), now.lastModifiedTime().toMillis()))
						: Optional.empty();
			}
			catch (NoSuchFileException gone) {
				return Optional.empty();
			}
		}

	}

}
