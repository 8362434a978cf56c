package io.clipvault.state;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says what in a migration the version before could not live with. Only these statements
 * are allowed, because old and new replicas share the database during an update:
 * {@code CREATE TABLE}, {@code CREATE INDEX}, {@code ALTER TABLE … ADD COLUMN} with a
 * column that is nullable or has a default, and {@code INSERT} into a table of the same
 * file. Foreign keys and unique indexes are allowed on tables of the same file alone:
 * they could refuse what the version before writes.
 */
final class AdditiveMigration {

	private static final Pattern CREATE_TABLE = Pattern.compile("create table (?:if not exists )?(\\w+) ?\\(.*");

	private static final Pattern REFERENCES = Pattern.compile("\\breferences (\\w+)");

	private static final Pattern CREATE_INDEX = Pattern
		.compile("create (unique )?index (?:if not exists )?\\w+ on (\\w+) ?\\(.*");

	private static final Pattern ADD_COLUMN = Pattern
		.compile("alter table \\w+ add column \\w+ (?:bigint|blob|boolean|bytea|integer|smallint|text|timestamp"
				+ "(?: with time zone)?|varchar ?\\(\\d+\\))((?: not null)?)((?: default (?!null)[\\w'.-]+)?)");

	private static final Pattern INSERT = Pattern.compile("insert into (\\w+)\\b.*");

	private final Set<String> created = new HashSet<>();

	private final List<String> refused = new ArrayList<>();

	private AdditiveMigration() {
	}

	/** The statements that are not allowed, in lower case and on one line. */
	static List<String> refused(String sql) {
		AdditiveMigration migration = new AdditiveMigration();
		statements(sql).forEach(migration::check);
		return migration.refused;
	}

	private void check(String statement) {
		if (!isAllowed(statement)) {
			this.refused.add(statement);
		}
	}

	private boolean isAllowed(String statement) {
		Matcher table = CREATE_TABLE.matcher(statement);
		if (table.matches()) {
			this.created.add(table.group(1));
			return REFERENCES.matcher(statement).results().allMatch((other) -> this.created.contains(other.group(1)));
		}
		Matcher index = CREATE_INDEX.matcher(statement);
		if (index.matches()) {
			return index.group(1) == null || this.created.contains(index.group(2));
		}
		Matcher column = ADD_COLUMN.matcher(statement);
		if (column.matches()) {
			return column.group(1).isEmpty() || !column.group(2).isEmpty();
		}
		Matcher insert = INSERT.matcher(statement);
		return insert.matches() && this.created.contains(insert.group(1));
	}

	private static List<String> statements(String sql) {
		List<String> statements = new ArrayList<>();
		StringBuilder statement = new StringBuilder();
		boolean quoted = false;
		for (String line : sql.split("\n", -1)) {
			for (int at = 0; at < line.length(); at++) {
				if (!quoted && line.startsWith("--", at)) {
					break;
				}
				char character = line.charAt(at);
				quoted ^= (character == '\'');
				if (character == ';' && !quoted) {
					add(statements, statement);
				}
				else {
					statement.append(character);
				}
			}
			statement.append(' ');
		}
		add(statements, statement);
		return statements;
	}

	private static void add(List<String> statements, StringBuilder statement) {
		String text = statement.toString().strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
		if (!text.isEmpty()) {
			statements.add(text);
		}
		statement.setLength(0);
	}

}
