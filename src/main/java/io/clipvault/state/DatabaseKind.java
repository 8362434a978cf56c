package io.clipvault.state;

/** The kind of database that holds the state. */
public enum DatabaseKind {

	/** A file, used by the processes of one machine. */
	SQLITE,

	/** A server, which replicas on several machines can share. */
	POSTGRESQL;

	/** The prefix of every SQLite URL; the file's path follows. */
	static final String SQLITE_PREFIX = "jdbc:sqlite:";

	static DatabaseKind of(String url) {
		return url.startsWith(SQLITE_PREFIX) ? SQLITE : POSTGRESQL;
	}

}
