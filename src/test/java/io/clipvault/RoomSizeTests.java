package io.clipvault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;

import static org.assertj.core.api.Assertions.assertThat;

/** Holds the sizes at which a room, a type or a constructor has become two things. */
class RoomSizeTests {

	private static final int MOST_TYPES = 20;

	private static final int MOST_LINES_OF_A_ROOM = 2000;

	private static final int MOST_LINES_OF_A_TYPE = 300;

	private static final int MOST_ARGUMENTS = 5;

	private static final List<Path> TYPES = types();

	@Test
	void roomsHaveFewTypes() {
		assertThat(rooms()).allSatisfy((room, types) -> assertThat(types).hasSizeLessThanOrEqualTo(MOST_TYPES));
	}

	@Test
	void roomsHaveFewLines() {
		assertThat(rooms()).allSatisfy((room, types) -> assertThat(types.stream().mapToLong(RoomSizeTests::lines).sum())
			.isLessThanOrEqualTo(MOST_LINES_OF_A_ROOM));
	}

	@Test
	void typesHaveFewLines() {
		assertThat(TYPES).allSatisfy((type) -> assertThat(lines(type)).isLessThanOrEqualTo(MOST_LINES_OF_A_TYPE));
	}

	@Test
	void noTwoTypesShareAName() {
		assertThat(TYPES).extracting((type) -> type.getFileName().toString()).doesNotHaveDuplicates();
	}

	@Test
	void beansTakeFewArguments() {
		List<Constructor<?>> constructors = new ClassFileImporter()
			.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
			.importPackages("io.clipvault")
			.stream()
			.filter((type) -> type.isMetaAnnotatedWith(Component.class)
					|| type.isMetaAnnotatedWith(Configuration.class))
			.map(JavaClass::reflect)
			.<Constructor<?>>flatMap((bean) -> Stream.of(bean.getDeclaredConstructors()))
			.toList();
		assertThat(constructors).isNotEmpty()
			.allSatisfy(
					(constructor) -> assertThat(constructor.getParameterCount()).isLessThanOrEqualTo(MOST_ARGUMENTS));
	}

	private static Map<Path, List<Path>> rooms() {
		return TYPES.stream().collect(Collectors.groupingBy(Path::getParent));
	}

	private static List<Path> types() {
		try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
			return files.filter((file) -> file.toString().endsWith(".java"))
				.filter((file) -> !file.endsWith("package-info.java"))
				.toList();
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
	}

	private static long lines(Path file) {
		try (Stream<String> lines = Files.lines(file)) {
			return lines.count();
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
	}

}
