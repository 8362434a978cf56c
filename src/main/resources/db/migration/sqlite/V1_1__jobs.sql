CREATE TABLE job (
	id TEXT NOT NULL PRIMARY KEY,
	directory TEXT NOT NULL,
	place TEXT NOT NULL,
	status TEXT NOT NULL,
	revision INTEGER NOT NULL,
	claim INTEGER NOT NULL,
	attempts INTEGER NOT NULL,
	failures INTEGER NOT NULL,
	untidy INTEGER NOT NULL,
	error TEXT,
	webhook_url TEXT,
	webhook_secret TEXT,
	created_at INTEGER NOT NULL,
	updated_at INTEGER NOT NULL,
	started_at INTEGER,
	ended_at INTEGER
);

CREATE INDEX job_by_age ON job (created_at, id);

CREATE INDEX job_by_status ON job (status, created_at, id);

CREATE TABLE job_file (
	job_id TEXT NOT NULL,
	name TEXT NOT NULL,
	position INTEGER NOT NULL,
	key TEXT NOT NULL,
	size INTEGER NOT NULL,
	status TEXT NOT NULL,
	bytes_done INTEGER NOT NULL,
	digest TEXT,
	error TEXT,
	PRIMARY KEY (job_id, name)
);

CREATE TABLE multipart_upload (
	job_id TEXT NOT NULL,
	file_name TEXT NOT NULL,
	upload_id TEXT NOT NULL,
	digest TEXT NOT NULL,
	PRIMARY KEY (job_id, file_name)
);

CREATE TABLE multipart_part (
	job_id TEXT NOT NULL,
	file_name TEXT NOT NULL,
	number INTEGER NOT NULL,
	etag TEXT NOT NULL,
	PRIMARY KEY (job_id, file_name, number)
);

-- The table of db-scheduler, as its release 16 wants it.
CREATE TABLE scheduled_tasks (
	task_name TEXT NOT NULL,
	task_instance TEXT NOT NULL,
	task_data BLOB,
	execution_time TIMESTAMP NOT NULL,
	picked BOOLEAN NOT NULL,
	picked_by TEXT,
	last_success TIMESTAMP,
	last_failure TIMESTAMP,
	consecutive_failures INTEGER,
	last_heartbeat TIMESTAMP,
	version INTEGER NOT NULL,
	priority INTEGER,
	PRIMARY KEY (task_name, task_instance)
);

CREATE INDEX scheduled_tasks_by_time ON scheduled_tasks (execution_time);

CREATE INDEX scheduled_tasks_by_heartbeat ON scheduled_tasks (last_heartbeat);
