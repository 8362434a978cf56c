package io.clipvault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Keeps the map of rooms in the documentation equal to what the packages declare. */
class RoomMapTests {

	private static final Path SOURCES = Path.of("src/main/java/io/clipvault");

	private static final Pattern SENTENCE = Pattern.compile("/\\*\\*(.*?)\\*/", Pattern.DOTALL);

	private static final Pattern DEPENDENCIES = Pattern.compile("allowedDependencies = (\\{[^}]*}|\"[^\"]*\")");

	@Test
	void architecturePageShowsEveryRoomAsItsPackageDeclaresIt() throws IOException {
		String page = Files.readString(Path.of("docs/architecture.md"));
		String map = page.substring(page.indexOf("## Rooms"), page.indexOf("## Glossary"));
		assertThat(map.lines().filter((line) -> line.startsWith("| `"))).containsExactlyElementsOf(rooms());
	}

	private static List<String> rooms() throws IOException {
		try (Stream<Path> files = Files.walk(SOURCES)) {
			return files.filter((file) -> file.endsWith("package-info.java"))
				.filter((file) -> !SOURCES.equals(file.getParent()))
				.sorted()
				.map(RoomMapTests::row)
				.toList();
		}
	}

	private static String row(Path packageInfo) {
		String source = read(packageInfo);
		String room = SOURCES.relativize(packageInfo.getParent()).toString().replace('/', '.');
		String sentence = find(SENTENCE, source).replaceAll("\\s*\\*\\s*", " ").strip();
		String dependencies = Arrays.stream(find(DEPENDENCIES, source).split("[^a-z.]+"))
			.filter((name) -> !name.isEmpty())
			.sorted()
			.map((name) -> "`" + name + "`")
			.collect(Collectors.joining(", "));
		return "| `%s` | %s | %s |".formatted(room, sentence, dependencies);
	}

	private static String find(Pattern pattern, String source) {
		Matcher found = pattern.matcher(source);
		assertThat(found.find()).as(pattern + " in " + source).isTrue();
		return found.group(1);
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException failure) {
			throw new java.io.UncheckedIOException(failure);
		}
	}

}
