package io.clipvault.jobs.folders;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The hidden file in a directory that this service made of received files. It lists them,
 * so that the directory is replaced only while nothing else is in it.
 */
public final class ReceivedMark {

	private static final String NAME = ".clipvault-received";

	private ReceivedMark() {
	}

	/** Marks a directory in which all received files are. */
	public static void write(Path directory) throws IOException {
		// Before the mark is opened, which is not to list itself.
		String files = DirectorySnapshot.of(directory)
			.files()
			.entrySet()
			.stream()
			.filter((file) -> !file.getKey().equals(NAME))
			.map(ReceivedMark::line)
			.collect(Collectors.joining("\n"));
		// A received file of this name is the mark of a directory that was packed.
		try (FileChannel mark = FileChannel.open(directory.resolve(NAME), StandardOpenOption.CREATE,
				StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
			ByteBuffer bytes = StandardCharsets.UTF_8.encode(files);
			while (bytes.hasRemaining()) {
				mark.write(bytes);
			}
			mark.force(true);
		}
	}

	/**
	 * Whether everything in the directory was received and is unchanged; some of it may
	 * be gone.
	 */
	public static boolean covers(Path directory) throws IOException {
		Path mark = directory.resolve(NAME);
		if (Files.isSymbolicLink(directory) || !Files.isRegularFile(mark, LinkOption.NOFOLLOW_LINKS)) {
			return false;
		}
		Set<String> received = Set.copyOf(Files.readAllLines(mark));
		for (Path file : others(directory)) {
			if (!received.contains(line(file))) {
				return false;
			}
		}
		return true;
	}

	/** Removes the mark of a directory in which nothing else is left. */
	public static void removeIfAlone(Path directory) throws IOException {
		if (others(directory).isEmpty()) {
			Files.deleteIfExists(directory.resolve(NAME));
		}
	}

	private static List<Path> others(Path directory) throws IOException {
		try (Stream<Path> files = Files.list(directory)) {
			return files.filter((file) -> !file.getFileName().toString().equals(NAME)).toList();
		}
		catch (UncheckedIOException failure) {
			throw failure.getCause();
		}
	}

	private static String line(Path file) throws IOException {
		String name = file.getFileName().toString();
		return DirectorySnapshot.Seen.of(file).map((seen) -> line(Map.entry(name, seen))).orElse("");
	}

	private static String line(Map.Entry<String, DirectorySnapshot.Seen> file) {
		return file.getValue().size() + " " + file.getValue().modified() + " " + file.getKey();
	}

}
