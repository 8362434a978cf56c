package io.clipvault.jobs;

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
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The files of a directory as they were at one moment: sizes and dates by name. */
record WatchedDirectory(Path path, SortedMap<String, Seen> files) {

	private static final String METADATA = "_metadata.json";

	/** A run's metadata is a few kilobytes. */
	private static final long LARGEST_METADATA = 8 << 20;

	private static final int MOST_FILES = 10_000;

	private static final JsonMapper JSON = new JsonMapper();

	static WatchedDirectory look(Path path) throws IOException {
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
		return new WatchedDirectory(path, files);
	}

	String name() {
		return this.path.getFileName().toString();
	}

	List<String> names(Predicate<String> matters) {
		return this.files.keySet().stream().filter(matters).toList();
	}

	/** What makes two moments the same, for the files that matter. */
	String digest(Predicate<String> matters) {
		try {
			MessageDigest digest = MessageDigest.getInstance("SHA-256");
			for (Map.Entry<String, Seen> file : this.files.entrySet()) {
				if (matters.test(file.getKey())) {
					digest.update(
							"%s\0%d\0%d\n".formatted(file.getKey(), file.getValue().size(), file.getValue().modified())
								.getBytes(StandardCharsets.UTF_8));
				}
			}
			return HexFormat.of().formatHex(digest.digest());
		}
		catch (NoSuchAlgorithmException missing) {
			throw new IllegalStateException("Every Java has SHA-256", missing);
		}
	}

	/** Whether metadata is there, and every clip that it names. */
	boolean complete(Predicate<String> matters) {
		return this.files.keySet().stream().anyMatch((name) -> name.endsWith(METADATA) && matters.test(name))
				&& this.files.keySet()
					.stream()
					.filter((name) -> name.endsWith(METADATA) && matters.test(name))
					.allMatch(this::hasClips);
	}

	private boolean hasClips(String metadata) {
		Seen seen = this.files.get(metadata);
		if (seen == null || seen.size() > LARGEST_METADATA) {
			return false;
		}
		try {
			JsonNode shorts = JSON.readTree(Files.readAllBytes(this.path.resolve(metadata))).path("shorts");
			String title = metadata.substring(0, metadata.length() - METADATA.length());
			boolean all = shorts.isArray();
			for (int number = 1; all && number <= shorts.size(); number++) {
				Seen clip = this.files.get(title + "_clip_" + number + ".mp4");
				all = clip != null && clip.size() > 0;
			}
			return all;
		}
		catch (IOException | JacksonException halfWritten) {
			return false;
		}
	}

	/** What of a file tells a change without reading it. */
	record Seen(long size, long modified) {

		/** Empty for what is no plain file, or is gone by now. */
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
