-- The content of a watched directory that was last taken in.
CREATE TABLE watched_directory (
	directory TEXT NOT NULL PRIMARY KEY,
	content TEXT NOT NULL,
	taken_at BIGINT NOT NULL
);
