package io.clipvault.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.flywaydb.core.Flyway;

/** New databases of each kind that the service supports, with all tables. */
public enum TestDatabase {

	/** SQLite in a new file. */
	SQLITE {
		@Override
		public String url() {
			return "jdbc:sqlite:" + FreshFolders.create("database").resolve("clipvault.db")
					+ "?journal_mode=WAL&synchronous=FULL&busy_timeout=10000&transaction_mode=IMMEDIATE&foreign_keys=on";
		}
	},

	/** PostgreSQL on a server that is started once for all tests. */
	POSTGRESQL {
		@Override
		public String url() {
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

	/** The address of a new database without tables. */
	public abstract String url();

	/** Opens a new database; the caller closes it. */
	public HikariDataSource open() {
		HikariDataSource dataSource = openEmpty();
		Flyway.configure().dataSource(dataSource).locations(migrations()).load().migrate();
		return dataSource;
	}

	/** Opens a new database without tables; whoever opened it closes it. */
	public HikariDataSource openEmpty() {
		HikariConfig config = new HikariConfig();
		config.setJdbcUrl(url());
		config.setMaximumPoolSize((this == SQLITE) ? 1 : 10);
		return new HikariDataSource(config);
	}

	/** Where the migrations of this kind are. */
	public String migrations() {
		return "classpath:db/migration/" + ((this == SQLITE) ? "sqlite" : "postgresql");
	}

	/** Keeps the server running until the tests' process ends. */
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
