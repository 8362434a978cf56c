package io.clipvault.gallery.catalog;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.clipvault.kit.FreshFolders;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A migrated database for tests of the catalog. */
public record GalleryDatabase(DataSource source) {

	public static GalleryDatabase sqlite() {
		HikariDataSource source = new HikariDataSource();
		source.setJdbcUrl("jdbc:sqlite:" + FreshFolders.create("gallery").resolve("clipvault.db")
				+ "?journal_mode=WAL&synchronous=OFF&busy_timeout=10000&transaction_mode=IMMEDIATE&foreign_keys=on");
		source.setMaximumPoolSize(1);
		return migrated(source, "sqlite");
	}

	static GalleryDatabase postgresql(DataSource source) {
		return migrated(source, "postgresql");
	}

	private static GalleryDatabase migrated(DataSource source, String vendor) {
		Flyway.configure().dataSource(source).locations("classpath:db/migration/" + vendor).load().migrate();
		return new GalleryDatabase(source);
	}

	JdbcTemplate jdbc() {
		return new JdbcTemplate(this.source);
	}

	JdbcClient client() {
		return JdbcClient.create(this.source);
	}

	TransactionTemplate transaction() {
		return new TransactionTemplate(new JdbcTransactionManager(this.source));
	}

}
