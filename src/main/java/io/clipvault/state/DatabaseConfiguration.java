package io.clipvault.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;

import com.github.kagkarlsson.scheduler.PollingStrategyConfig;
import com.github.kagkarlsson.scheduler.boot.config.DbSchedulerProperties;
import com.zaxxer.hikari.HikariDataSource;
import io.clipvault.problems.StartRefused;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Opens the database with the settings that its kind needs. */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {

	/**
	 * How long PostgreSQL may say nothing to a statement. A server that froze or vanished
	 * would hold the connection for ever, and after ten such statements the whole pool.
	 * No statement takes this long; migrations may, see {@link PatientMigrations}.
	 */
	private static final Duration SOCKET_TIMEOUT = Duration.ofSeconds(60);

	private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

	private static final Logger log = LoggerFactory.getLogger(DatabaseConfiguration.class);

	/**
	 * For new folders; an existing one keeps its rights, because it may be shared on
	 * purpose.
	 */
	private static final FileAttribute<?> OWNER_ONLY = PosixFilePermissions
		.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

	@Bean
	DatabaseKind databaseKind(@Value("${spring.datasource.url}") String url) {
		return DatabaseKind.of(url);
	}

	@Bean
	@ConfigurationProperties("spring.datasource.hikari")
	HikariDataSource dataSource(DataSourceProperties properties, DatabaseKind kind) {
		String url = properties.determineUrl();
		HikariDataSource dataSource = properties.initializeDataSourceBuilder().type(HikariDataSource.class).build();
		if (kind == DatabaseKind.SQLITE) {
			Path file = Path.of(url.substring(DatabaseKind.SQLITE_PREFIX.length()).replaceFirst("\\?.*", ""));
			makeFolder(file.toAbsolutePath().resolveSibling(".").normalize());
			// SQLite allows one writer; a second connection would only get SQLITE_BUSY.
			dataSource.setMaximumPoolSize(1);
			log.info("Database: SQLite in {}.", file);
		}
		else {
			// Properties in the URL take precedence over these.
			dataSource.addDataSourceProperty("socketTimeout", Long.toString(SOCKET_TIMEOUT.toSeconds()));
			dataSource.addDataSourceProperty("connectTimeout", Long.toString(CONNECT_TIMEOUT.toSeconds()));
			dataSource.addDataSourceProperty("tcpKeepAlive", "true");
			log.info("Database: {}.", url.replaceFirst("\\?.*", ""));
		}
		return dataSource;
	}

	/**
	 * On PostgreSQL the schedulers of several replicas lock due tasks as they read them;
	 * SQLite has no row locks.
	 */
	@Bean
	static BeanPostProcessor pollingStrategy(ObjectProvider<DatabaseKind> kind) {
		return new BeanPostProcessor() {
			@Override
			public Object postProcessAfterInitialization(Object bean, String name) {
				if (bean instanceof DbSchedulerProperties scheduler && kind.getObject() == DatabaseKind.POSTGRESQL) {
					scheduler.setPollingStrategy(PollingStrategyConfig.Type.LOCK_AND_FETCH);
					scheduler.setPollingStrategyUpperLimitFractionOfThreads(1);
				}
				return bean;
			}
		};
	}

	private static void makeFolder(Path folder) {
		try {
			Files.createDirectories(folder, OWNER_ONLY);
			Files.delete(Files.createTempFile(folder, "probe", null));
		}
		catch (IOException failure) {
			throw new StartRefused("The data folder %s cannot be used: %s.".formatted(folder, failure),
					"Make it writable for this user, or set clipvault.data-directory to another folder.", failure);
		}
	}

}
