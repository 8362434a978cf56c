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

	private static final BucketName B = BucketNames.of("b");

	private static final BucketName C = BucketNames.of("c");

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
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> purges.get(B));
		assertThat(purges.begin(B)).isTrue();
		assertThat(purges.begin(B)).isFalse();
		purges.removed(B, 7);
		purges.removed(B, 5);
		assertThat(purges.get(B)).isEqualTo(new Purge(B.value(), Purge.State.RUNNING, 12, NOW, NOW, null));
		this.clock.advance(Duration.ofSeconds(1));
		purges.ended(B, Purge.State.FAILED, "x".repeat(3000));
		assertThat(purges.get(B).error()).hasSize(2000);
		assertThat(purges.get(B).updatedAt()).isEqualTo(NOW.plusSeconds(1));
		assertThat(purges.begin(B)).isTrue();
		assertThat(purges.get(B).removed()).isZero();
	}

	@ParameterizedTest
	@MethodSource("databases")
	void purgeWhenItsProcessIsGoneIsInterruptedAndCanBeginAgain(DataSource database) {
		Purges purges = new Purges(JdbcClient.create(database), this.clock);
		purges.begin(C);
		this.clock.advance(Purges.SILENCE);
		assertThat(purges.get(C).state()).isEqualTo(Purge.State.RUNNING);
		assertThat(purges.begin(C)).isFalse();
		this.clock.advance(Duration.ofMillis(1));
		assertThat(purges.get(C).state()).isEqualTo(Purge.State.INTERRUPTED);
		assertThat(purges.begin(C)).isTrue();
		purges.ended(C, Purge.State.COMPLETED, null);
		assertThat(purges.get(C).state()).isEqualTo(Purge.State.COMPLETED);
	}

}
