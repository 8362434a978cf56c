package io.clipvault.problems;

import com.zaxxer.hikari.HikariDataSource;
import io.clipvault.kit.TestDatabase;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class FullDatabaseTests {

	@Test
	void databaseUnavailableWhenTheDatabaseHasNoSpaceLeftSaysSoUntilThereIsSpaceAgain() {
		try (HikariDataSource dataSource = TestDatabase.SQLITE.open()) {
			JdbcClient database = JdbcClient.create(dataSource);
			Long pages = database.sql("PRAGMA page_count").query(Long.class).single();
			database.sql("PRAGMA max_page_count = " + pages).query(Long.class).single();
			DataAccessException full = catchThrowableOfType(DataAccessException.class, () -> note(database));
			assertThat(new Problems().databaseUnavailable(full).getStatusCode().value()).isEqualTo(507);
			database.sql("PRAGMA max_page_count = 1000000").query(Long.class).single();
			note(database);
		}
	}

	private static void note(JdbcClient database) {
		database.sql("INSERT INTO watched_directory (directory, content, taken_at) VALUES ('talk', ?, 0)")
			.param("x".repeat(100_000))
			.update();
	}

}
