package io.clipvault.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.flywaydb.core.Flyway;

/** The databases the service keeps its state in, each fresh and with all tables. */
public enum TestDatabase {

	/** A file, as on a laptop. */
	SQLITE {
		@Override
		String url() {
			return "jdbc:sqlite:" + FreshFolders.create("database").resolve("clipvault.db")
					+ "?journal_mode=WAL&synchronous=FULL&busy_timeout=10000&transaction_mode=IMMEDIATE";
		}
	},

	/** A server, started once for all tests. */
	POSTGRESQL {
		@Override
		String url() {
			String name = "test_" + UUID.randomUUID().toString().replace("-", "");
			try (var connection = Server.STARTED.getPostgresDatabase().getConnection();
					var statement = connection.createStatement()) {
				statement.execute("CREATE DATABASE " + name);
			}
			catch (java.sql.SQLException failure) {
				throw new IllegalStateException(failure);
			}
			return Server.STARTED.getJdbcUrl("postgres", name);
		}
	};

	abstract String url();

	/** Opens a new database; whoever opened it closes it. */
	public HikariDataSource open() {
		HikariConfig config = new HikariConfig();
		config.setJdbcUrl(url());
		config.setMaximumPoolSize((this == SQLITE) ? 1 : 10);
		HikariDataSource dataSource = new HikariDataSource(config);
		migrate(dataSource);
		return dataSource;
	}

	private void migrate(DataSource dataSource) {
		Flyway.configure()
			.dataSource(dataSource)
			.locations("classpath:db/migration/" + ((this == SQLITE) ? "sqlite" : "postgresql"))
			.load()
			.migrate();
	}

	/** Holds the server until the tests' process ends. */
	private static final class Server {

		static final EmbeddedPostgres STARTED = start();

		private static EmbeddedPostgres start() {
			try {
				return EmbeddedPostgres.builder().start();
			}
			catch (IOException failure) {
				throw new UncheckedIOException(failure);
			}
		}

	}

}
