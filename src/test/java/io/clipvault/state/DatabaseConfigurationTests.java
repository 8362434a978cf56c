package io.clipvault.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import com.zaxxer.hikari.HikariDataSource;
import io.clipvault.kit.FreshFolders;
import org.junit.jupiter.api.Test;

import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

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
	void kindFollowsTheUrl() {
		assertThat(DatabaseKind.of("jdbc:sqlite:./data/clipvault.db?journal_mode=WAL")).isEqualTo(DatabaseKind.SQLITE);
		assertThat(DatabaseKind.of("jdbc:postgresql://db/clipvault")).isEqualTo(DatabaseKind.POSTGRESQL);
	}

}
