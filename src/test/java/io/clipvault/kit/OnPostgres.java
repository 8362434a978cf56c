package io.clipvault.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/** Has a context keep its state in a new database on an embedded PostgreSQL server. */
public class OnPostgres implements ApplicationContextInitializer<ConfigurableApplicationContext> {

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		String name = "test_" + UUID.randomUUID().toString().replace("-", "");
		try (Connection connection = Server.STARTED.getPostgresDatabase().getConnection()) {
			connection.createStatement().execute("CREATE DATABASE " + name);
		}
		catch (SQLException failure) {
			throw new IllegalStateException(failure);
		}
		TestPropertyValues.of("spring.datasource.url=" + Server.STARTED.getJdbcUrl("postgres", name)).applyTo(context);
	}

	/** Lives as long as the tests' process. */
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
