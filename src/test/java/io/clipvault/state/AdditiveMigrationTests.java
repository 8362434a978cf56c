package io.clipvault.state;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class AdditiveMigrationTests {

	@ParameterizedTest
	@ValueSource(strings = { "DROP TABLE job", "ALTER TABLE job DROP COLUMN error", "DROP INDEX job_by_age",
			"ALTER TABLE job RENAME TO work", "ALTER TABLE job RENAME COLUMN error TO why",
			"ALTER TABLE job ALTER COLUMN attempts TYPE BIGINT", "ALTER TABLE job ALTER COLUMN error SET NOT NULL",
			"ALTER TABLE job ADD COLUMN owner TEXT NOT NULL",
			"ALTER TABLE job ADD COLUMN owner TEXT NOT NULL DEFAULT NULL",
			"ALTER TABLE job ADD COLUMN owner TEXT UNIQUE",
			"ALTER TABLE job ADD COLUMN owner TEXT REFERENCES owner (id)",
			"ALTER TABLE job ADD COLUMN owner TEXT, DROP COLUMN error",
			"ALTER TABLE job ADD CONSTRAINT known CHECK (status <> '')", "CREATE UNIQUE INDEX one ON job (directory)",
			"UPDATE job SET status = 'failed'", "DELETE FROM job", "INSERT INTO job (id) VALUES ('a')",
			"CREATE TABLE owner (job TEXT REFERENCES job (id))",
			"CREATE TRIGGER t AFTER INSERT ON job BEGIN SELECT 1; END", "TRUNCATE job",
			"CREATE TABLE copy AS SELECT * FROM job", "PRAGMA foreign_keys = ON",
			"create table t (id text); -- harmless\ndrop table job",
			"CREATE TABLE t (a TEXT DEFAULT ';'); DROP TABLE t" })
	void refusedWhenTheVersionBeforeCouldNotLiveWithItNamesTheStatement(String sql) {
		assertThat(AdditiveMigration.refused(sql)).isNotEmpty();
	}

	@Test
	void refusedNamesEachStatementAlone() {
		assertThat(AdditiveMigration.refused("""
				CREATE TABLE t (id TEXT);
				UPDATE job
					SET status = 'a;b';
				INSERT INTO t VALUES ('1');
				DELETE FROM job;""")).containsExactly("update job set status = 'a;b'", "delete from job");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "-- DROP TABLE job;\n", "CREATE TABLE IF NOT EXISTS t (id TEXT PRIMARY KEY)",
			"CREATE TABLE t (\n\tid TEXT NOT NULL\n) WITHOUT ROWID;", "CREATE INDEX job_by_place ON job (place)",
			"CREATE INDEX IF NOT EXISTS job_by_place ON job (place) WHERE status = 'queued'",
			"ALTER TABLE job ADD COLUMN owner TEXT", "ALTER TABLE job ADD COLUMN paused BOOLEAN NOT NULL DEFAULT FALSE",
			"ALTER TABLE job ADD COLUMN level INTEGER NOT NULL DEFAULT 0",
			"ALTER TABLE job ADD COLUMN seen TIMESTAMP WITH TIME ZONE", "ALTER TABLE job ADD COLUMN name VARCHAR(20)",
			"CREATE TABLE t (n INTEGER); INSERT INTO t (n) VALUES (0); CREATE UNIQUE INDEX one ON t (n)",
			"CREATE TABLE t (id TEXT PRIMARY KEY); CREATE TABLE u (t TEXT REFERENCES t (id))" })
	void refusedWhenItOnlyAddsIsEmpty(String sql) {
		assertThat(AdditiveMigration.refused(sql)).isEmpty();
	}

}
