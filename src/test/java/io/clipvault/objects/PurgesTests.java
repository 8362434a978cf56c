package io.clipvault.objects;

import java.io.IOException;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import javax.sql.DataSource;

import io.clipvault.kit.FreshFolders;
import io.clipvault.kit.MutableClock;
import io.clipvault.problems.Problem;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PurgesTests {

	private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

	private static EmbeddedPostgres postgres;

	private final MutableClock clock = new MutableClock(NOW);

	@BeforeAll
	static void startPostgres() throws IOException {
		postgres = EmbeddedPostgres.start();
	}

	@AfterAll
	static void stopPostgres() throws IOException {
		postgres.close();
	}

	static Stream<DataSource> databases() {
		DataSource sqlite = new SimpleDriverDataSource(sqliteDriver(),
				"jdbc:sqlite:" + FreshFolders.create("purges").resolve("clipvault.db"));
		migrate(sqlite, "sqlite");
		migrate(postgres.getPostgresDatabase(), "postgresql");
		return Stream.of(sqlite, postgres.getPostgresDatabase());
	}

	private static Driver sqliteDriver() {
		try {
			return DriverManager.getDriver("jdbc:sqlite:");
		}
		catch (SQLException missing) {
			throw new IllegalStateException(missing);
		}
	}

	private static void migrate(DataSource database, String vendor) {
		Flyway.configure().dataSource(database).locations("classpath:db/migration/" + vendor).load().migrate();
	}

	@ParameterizedTest
	@MethodSource("databases")
	void purgeGoesFromBeginToEndAndBeginsAgain(DataSource database) {
		Purges purges = new Purges(JdbcClient.create(database), this.clock);
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> purges.get("b"));
		assertThat(purges.begin("b")).isTrue();
		assertThat(purges.begin("b")).isFalse();
		purges.removed("b", 7);
		purges.removed("b", 5);
		assertThat(purges.get("b")).isEqualTo(new Purge("b", Purge.State.RUNNING, 12, NOW, NOW, null));
		this.clock.advance(Duration.ofSeconds(1));
		purges.ended("b", Purge.State.FAILED, "x".repeat(3000));
		assertThat(purges.get("b").error()).hasSize(2000);
		assertThat(purges.get("b").updatedAt()).isEqualTo(NOW.plusSeconds(1));
		assertThat(purges.begin("b")).isTrue();
		assertThat(purges.get("b").removed()).isZero();
	}

	@ParameterizedTest
	@MethodSource("databases")
	void purgeWhenItsProcessIsGoneIsInterruptedAndCanBeginAgain(DataSource database) {
		Purges purges = new Purges(JdbcClient.create(database), this.clock);
		purges.begin("c");
		this.clock.advance(Purges.SILENCE);
		assertThat(purges.get("c").state()).isEqualTo(Purge.State.RUNNING);
		assertThat(purges.begin("c")).isFalse();
		this.clock.advance(Duration.ofMillis(1));
		assertThat(purges.get("c").state()).isEqualTo(Purge.State.INTERRUPTED);
		assertThat(purges.begin("c")).isTrue();
		purges.ended("c", Purge.State.COMPLETED, null);
		assertThat(purges.get("c").state()).isEqualTo(Purge.State.COMPLETED);
	}

}
