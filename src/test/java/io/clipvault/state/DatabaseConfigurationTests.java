package io.clipvault.state;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Properties;

import com.zaxxer.hikari.HikariDataSource;
import io.clipvault.kit.FreshFolders;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;

class DatabaseConfigurationTests {

	@Test
	void dataSourceWhenUrlIsSqliteMakesTheFolderAndHasOneConnection() throws IOException {
		Path file = FreshFolders.create("database").resolve("new").resolve("clipvault.db");
		DataSourceProperties properties = new DataSourceProperties();
		properties.setUrl("jdbc:sqlite:" + file + "?journal_mode=WAL");
		try (HikariDataSource dataSource = new DatabaseConfiguration().dataSource(properties, DatabaseKind.SQLITE)) {
			assertThat(dataSource.getMaximumPoolSize()).isEqualTo(1);
			assertThat(JdbcClient.create(dataSource).sql("PRAGMA journal_mode").query(String.class).single())
				.isEqualTo("wal");
			assertThat(file).exists();
			assertThat(Files.getPosixFilePermissions(file.getParent()))
				.isEqualTo(PosixFilePermissions.fromString("rwx------"));
		}
	}

	@Test
	void dataSourceWhenUrlIsPostgresqlBoundsHowLongAServerMayBeSilent() {
		Properties used = connectionProperties("jdbc:postgresql://db.example/clipvault");
		assertThat(PGProperty.SOCKET_TIMEOUT.getOrDefault(used)).isEqualTo("60");
		assertThat(PGProperty.CONNECT_TIMEOUT.getOrDefault(used)).isEqualTo("10");
		assertThat(PGProperty.TCP_KEEP_ALIVE.getOrDefault(used)).isEqualTo("true");
	}

	@Test
	void dataSourceWhenThePostgresqlUrlNamesItsOwnTimeoutsLeavesThem() {
		Properties used = connectionProperties(
				"jdbc:postgresql://db.example/clipvault?socketTimeout=900&connectTimeout=3&tcpKeepAlive=false");
		assertThat(PGProperty.SOCKET_TIMEOUT.getOrDefault(used)).isEqualTo("900");
		assertThat(PGProperty.CONNECT_TIMEOUT.getOrDefault(used)).isEqualTo("3");
		assertThat(PGProperty.TCP_KEEP_ALIVE.getOrDefault(used)).isEqualTo("false");
	}

	/** What the driver makes of the URL and the pool's properties. */
	private static Properties connectionProperties(String url) {
		DataSourceProperties properties = new DataSourceProperties();
		properties.setUrl(url);
		try (HikariDataSource dataSource = new DatabaseConfiguration().dataSource(properties,
				DatabaseKind.POSTGRESQL)) {
			return Objects.requireNonNull(Driver.parseURL(url, dataSource.getDataSourceProperties()));
		}
	}

	@Test
	void connectionWhenTheServerIsFrozenIsGivenUp() throws IOException {
		try (ServerSocket frozen = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			DataSourceProperties properties = new DataSourceProperties();
			properties.setUrl("jdbc:postgresql://127.0.0.1:" + frozen.getLocalPort() + "/clipvault?user=u");
			try (HikariDataSource dataSource = new DatabaseConfiguration().dataSource(properties,
					DatabaseKind.POSTGRESQL)) {
				dataSource.addDataSourceProperty("socketTimeout", "1");
				dataSource.setInitializationFailTimeout(1);
				assertThatExceptionOfType(SQLException.class).isThrownBy(dataSource::getConnection)
					.withStackTraceContaining("Read timed out");
			}
		}
	}

	@Test
	void migrationsMayTakeLonger() throws SQLException {
		Context context = Mockito.mock();
		Connection connection = Mockito.mock();
		given(context.getConnection()).willReturn(connection);
		PatientMigrations migrations = new PatientMigrations(DatabaseKind.POSTGRESQL);
		assertThat(migrations.supports(Event.BEFORE_EACH_MIGRATE, context)).isTrue();
		assertThat(new PatientMigrations(DatabaseKind.SQLITE).supports(Event.BEFORE_EACH_MIGRATE, context)).isFalse();
		migrations.handle(Event.BEFORE_EACH_MIGRATE, context);
		then(connection).should().setNetworkTimeout(any(), eq(0));
	}

	@Test
	void kindFollowsTheUrl() {
		assertThat(DatabaseKind.of("jdbc:sqlite:./data/clipvault.db?journal_mode=WAL")).isEqualTo(DatabaseKind.SQLITE);
		assertThat(DatabaseKind.of("jdbc:postgresql://db/clipvault")).isEqualTo(DatabaseKind.POSTGRESQL);
	}

}
