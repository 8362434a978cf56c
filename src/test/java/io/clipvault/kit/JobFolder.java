package io.clipvault.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.clipvault.jobs.folders.ReceivedMark;

/**
 * Writes job folders in the generator's layout, with clips that a browser can play.
 */
public final class JobFolder {

	private static final Path SAMPLE = Path.of("output", "sample");

	private final Path folder;

	private final String title;

	private JobFolder(Path folder, String title) {
		this.folder = folder;
		this.title = title;
	}

	/** Creates an empty job folder; its files will start with this title. */
	public static JobFolder create(Path root, String name, String title) {
		try {
			return new JobFolder(Files.createDirectories(root.resolve(name)), title);
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
	}

	/**
	 * Adds clips, numbered from 1 as the generator does, and their metadata.
	 */
	public JobFolder withClips(int count) {
		IntStream.rangeClosed(1, count).forEach((number) -> withFile(clip(number), playable(number)));
		return withMetadata(count);
	}

	/** Adds metadata for this number of clips, whether or not their files exist. */
	public JobFolder withMetadata(int count) {
		return withFile(this.title + "_metadata.json", metadata(count).getBytes(StandardCharsets.UTF_8));
	}

	public JobFolder withFile(String name, byte[] content) {
		try {
			Files.write(this.folder.resolve(name), content);
			return this;
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
	}

	/** The names of a directory's files, without hidden ones. */
	public static List<String> names(Path directory) {
		try (Stream<Path> files = Files.list(directory)) {
			return files.map((file) -> file.getFileName().toString()).filter((name) -> !name.startsWith(".")).toList();
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
	}

	/** Marks the folder as made of received files. */
	public JobFolder received() {
		try {
			ReceivedMark.write(this.folder);
			return this;
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
	}

	public String clip(int number) {
		return this.title + "_clip_" + number + ".mp4";
	}

	public Path path() {
		return this.folder;
	}

	public byte[] read(String name) {
		try {
			return Files.readAllBytes(this.folder.resolve(name));
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
	}

	/** A metadata document with this number of clips of half a minute each. */
	public static String metadata(int count) {
		return IntStream.range(0, count)
			.mapToObj((index) -> """
					{"start": %d.0, "end": %d.5, "video_title_for_youtube_short": "Short %d",
					 "video_description_for_tiktok": "tiktok %d", "video_description_for_instagram": "insta %d"}"""
				.formatted(index * 60, index * 60 + 30, index + 1, index + 1, index + 1))
			.collect(Collectors.joining(",", "{\"shorts\": [", "]}"));
	}

	private static byte[] playable(int number) {
		try {
			List<String> samples = List.of("morning_routine_clip_1.mp4", "morning_routine_clip_2.mp4");
			return Files.readAllBytes(SAMPLE.resolve(samples.get(number % samples.size())));
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
	}

}
