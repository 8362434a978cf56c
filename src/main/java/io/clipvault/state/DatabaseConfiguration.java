package io.clipvault.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import com.github.kagkarlsson.scheduler.PollingStrategyConfig;
import com.github.kagkarlsson.scheduler.boot.config.DbSchedulerProperties;
import com.zaxxer.hikari.HikariDataSource;
import io.clipvault.problems.StartRefused;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Opens the database as its kind needs it. */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {

	private static final Logger log = LoggerFactory.getLogger(DatabaseConfiguration.class);

	private static final String SQLITE = "jdbc:sqlite:";

	@Bean
	@ConfigurationProperties("spring.datasource.hikari")
	HikariDataSource dataSource(DataSourceProperties properties) {
		String url = properties.determineUrl();
		HikariDataSource dataSource = properties.initializeDataSourceBuilder().type(HikariDataSource.class).build();
		if (url.startsWith(SQLITE)) {
			Path file = Path.of(url.substring(SQLITE.length()).replaceFirst("\\?.*", ""));
			makeFolder(file.toAbsolutePath().resolveSibling(".").normalize());
			// SQLite has one writer: a second connection would only meet SQLITE_BUSY.
			dataSource.setMaximumPoolSize(1);
			log.info("Database: SQLite in {}.", file);
		}
		else {
			log.info("Database: {}.", url.replaceFirst("\\?.*", ""));
		}
		return dataSource;
	}

	/** PostgreSQL lets replicas take different rows at once; SQLite has no such lock. */
	@Bean
	static BeanPostProcessor pollingStrategy(Environment environment) {
		return new BeanPostProcessor() {
			@Override
			public Object postProcessAfterInitialization(Object bean, String name) {
				if (bean instanceof DbSchedulerProperties scheduler
						&& !environment.getProperty("spring.datasource.url", "").startsWith(SQLITE)) {
					scheduler.setPollingStrategy(PollingStrategyConfig.Type.LOCK_AND_FETCH);
					scheduler.setPollingStrategyUpperLimitFractionOfThreads(1);
				}
				return bean;
			}
		};
	}

	private static void makeFolder(Path folder) {
		try {
			Files.createDirectories(folder);
			Files.delete(Files.createTempFile(folder, "probe", null));
		}
		catch (IOException failure) {
			throw new StartRefused("The data folder %s cannot be used: %s.".formatted(folder, failure),
					"Make it writable for this user, or name another one in clipvault.data-directory.", failure);
		}
	}

}
