package io.clipvault.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.zaxxer.hikari.HikariDataSource;
import io.clipvault.kit.TestDatabase;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The rules for the files in {@code db/migration}. */
class MigrationsTests {

	private static final Path FOLDER = Path.of("src/main/resources/db/migration");

	private static final Pattern NAME = Pattern.compile("V([1-9][0-9]*)__[a-z0-9_]+\\.sql");

	private static final Pattern ALL_COLUMNS = Pattern.compile("(?:SELECT|RETURNING|,)\\h+(?:[a-z_]+\\.)?\\*");

	@Test
	void namesAreTheSameOnBothDatabasesAndNumberedWithoutGaps() throws IOException {
		assertThat(names(TestDatabase.SQLITE)).containsExactlyInAnyOrderElementsOf(names(TestDatabase.POSTGRESQL));
		assertThat(numbers())
			.containsExactlyElementsOf(IntStream.rangeClosed(1, names(TestDatabase.SQLITE).size()).boxed().toList());
	}

	@ParameterizedTest
	@EnumSource(TestDatabase.class)
	void migrationAfterTheBaselineOnlyAddsWhatTheVersionBeforeCanLiveWith(TestDatabase kind) throws IOException {
		for (String name : names(kind)) {
			if (number(name) > 1) {
				assertThat(AdditiveMigration.refused(Files.readString(folder(kind).resolve(name)))).as(name).isEmpty();
			}
		}
	}

	@ParameterizedTest
	@EnumSource(TestDatabase.class)
	void databaseOfEachVersionCanBeMigratedToTheNext(TestDatabase kind) throws IOException {
		try (HikariDataSource database = kind.openEmpty()) {
			for (int number : numbers()) {
				assertThat(Flyway.configure()
					.dataSource(database)
					.locations(kind.migrations())
					.target(Integer.toString(number))
					.load()
					.migrate().migrationsExecuted).as("migrations to version %d", number).isOne();
			}
		}
	}

	/**
	 * PostgreSQL fails a prepared statement whose columns have changed, so the version
	 * before would fail as soon as a column is added.
	 */
	@Test
	void statementsNameTheirColumnsBecauseTheNextVersionMayAddSome() throws IOException {
		try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
			for (Path source : sources.filter((path) -> path.toString().endsWith(".java")).toList()) {
				assertThat(ALL_COLUMNS.matcher(Files.readString(source)).results().map(MatchResult::group))
					.as("%s", source)
					.isEmpty();
			}
		}
	}

	private static List<Integer> numbers() throws IOException {
		return names(TestDatabase.SQLITE).stream().map(MigrationsTests::number).sorted().toList();
	}

	private static int number(String name) {
		Matcher matcher = NAME.matcher(name);
		assertThat(matcher.matches()).as("%s is named V<number>__<words>.sql", name).isTrue();
		return Integer.parseInt(matcher.group(1));
	}

	private static List<String> names(TestDatabase kind) throws IOException {
		try (Stream<Path> files = Files.list(folder(kind))) {
			return files.map((file) -> file.getFileName().toString()).toList();
		}
	}

	private static Path folder(TestDatabase kind) {
		return FOLDER.resolve(kind.migrations().substring(kind.migrations().lastIndexOf('/') + 1));
	}

}
