-- Times are milliseconds since 1970 unless the column is a TIMESTAMP.

-- Jobs.

-- place: the id of the jobs root that has the directory.
-- revision: the number of the posting.
-- claim: raised when a run takes the job and when the job is taken away; only the holder of
-- the current number may write.
-- running: the revision whose run may still have requests in flight.
-- untidy: 1 while unfinished uploads may be left in the bucket.
CREATE TABLE job (
	id TEXT NOT NULL PRIMARY KEY,
	directory TEXT NOT NULL,
	place TEXT NOT NULL,
	status TEXT NOT NULL,
	revision BIGINT NOT NULL,
	claim BIGINT NOT NULL,
	running BIGINT,
	attempts INTEGER NOT NULL,
	failures INTEGER NOT NULL,
	untidy INTEGER NOT NULL,
	error TEXT,
	webhook_url TEXT,
	webhook_secret TEXT,
	created_at BIGINT NOT NULL,
	updated_at BIGINT NOT NULL,
	started_at BIGINT,
	ended_at BIGINT
);

CREATE INDEX job_by_age ON job (created_at, id);

CREATE INDEX job_by_status ON job (status, created_at, id);

-- The files of the job's current posting.
CREATE TABLE job_file (
	job_id TEXT NOT NULL,
	name TEXT NOT NULL,
	position INTEGER NOT NULL,
	key TEXT NOT NULL,
	size BIGINT NOT NULL,
	status TEXT NOT NULL,
	bytes_done BIGINT NOT NULL,
	digest TEXT,
	error TEXT,
	PRIMARY KEY (job_id, name)
);

-- Multipart uploads that were created and not yet completed or aborted.
CREATE TABLE multipart_upload (
	job_id TEXT NOT NULL,
	file_name TEXT NOT NULL,
	upload_id TEXT NOT NULL,
	digest TEXT NOT NULL,
	PRIMARY KEY (job_id, file_name)
);

-- The parts of these uploads that the bucket has.
CREATE TABLE multipart_part (
	job_id TEXT NOT NULL,
	file_name TEXT NOT NULL,
	number INTEGER NOT NULL,
	etag TEXT NOT NULL,
	PRIMARY KEY (job_id, file_name, number)
);

-- Jobs that no run may take, because their artifacts are being removed or restored.
CREATE TABLE job_hold (
	job_id TEXT NOT NULL PRIMARY KEY,
	holder TEXT NOT NULL,
	held_until BIGINT NOT NULL
);

-- The content of each watched directory that was last accepted.
CREATE TABLE watched_directory (
	directory TEXT NOT NULL PRIMARY KEY,
	content TEXT NOT NULL,
	taken_at BIGINT NOT NULL
);

-- The schedule of the uploads: the table of db-scheduler 16.
CREATE TABLE scheduled_tasks (
	task_name TEXT NOT NULL,
	task_instance TEXT NOT NULL,
	task_data BYTEA,
	execution_time TIMESTAMP WITH TIME ZONE NOT NULL,
	picked BOOLEAN NOT NULL,
	picked_by TEXT,
	last_success TIMESTAMP WITH TIME ZONE,
	last_failure TIMESTAMP WITH TIME ZONE,
	consecutive_failures INTEGER,
	last_heartbeat TIMESTAMP WITH TIME ZONE,
	version BIGINT NOT NULL,
	priority SMALLINT,
	PRIMARY KEY (task_name, task_instance)
);

CREATE INDEX scheduled_tasks_by_time ON scheduled_tasks (execution_time);

CREATE INDEX scheduled_tasks_by_heartbeat ON scheduled_tasks (last_heartbeat);

-- The gallery.

-- Metadata objects as they were read.
-- etag: of the content that was read.
-- reader: the version of the code that read it.
CREATE TABLE gallery_metadata (
	bucket TEXT NOT NULL,
	object_key TEXT NOT NULL,
	etag TEXT NOT NULL,
	reader INTEGER NOT NULL,
	content TEXT NOT NULL,
	PRIMARY KEY (bucket, object_key)
);

-- Where to cut the listing of a bucket into ranges: a JSON list of keys.
CREATE TABLE gallery_listing (
	bucket TEXT NOT NULL PRIMARY KEY,
	cuts TEXT NOT NULL
);

-- Jobs that a replica published or removed; the other replicas read them.
CREATE TABLE gallery_change (
	job_id TEXT NOT NULL PRIMARY KEY,
	version BIGINT NOT NULL,
	replica TEXT NOT NULL,
	changed_at BIGINT NOT NULL
);

CREATE INDEX gallery_change_version ON gallery_change (version);

-- One row: the version of the newest change.
CREATE TABLE gallery_version (
	version BIGINT NOT NULL
);

INSERT INTO gallery_version (version) VALUES (0);

-- Webhooks.

-- secret: empty once the delivery has ended.
-- attempts: raised when an attempt begins; only the newest attempt may record its result.
CREATE TABLE webhook_delivery (
	number BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	id TEXT NOT NULL UNIQUE,
	subject TEXT NOT NULL,
	url TEXT NOT NULL,
	secret TEXT NOT NULL,
	body TEXT NOT NULL,
	status TEXT NOT NULL CHECK (status IN ('pending', 'delivered', 'failed')),
	attempts INTEGER NOT NULL,
	last_error TEXT,
	changed_at BIGINT NOT NULL
);

CREATE INDEX webhook_delivery_subject ON webhook_delivery (subject, number);

-- The schedule of the deliveries: a table of db-scheduler 16.
CREATE TABLE webhook_schedule (
	task_name TEXT NOT NULL,
	task_instance TEXT NOT NULL,
	task_data BYTEA,
	execution_time TIMESTAMP WITH TIME ZONE NOT NULL,
	picked BOOLEAN NOT NULL,
	picked_by TEXT,
	last_success TIMESTAMP WITH TIME ZONE,
	last_failure TIMESTAMP WITH TIME ZONE,
	consecutive_failures INTEGER,
	last_heartbeat TIMESTAMP WITH TIME ZONE,
	version BIGINT NOT NULL,
	priority SMALLINT,
	PRIMARY KEY (task_name, task_instance)
);

CREATE INDEX webhook_schedule_by_time ON webhook_schedule (execution_time);

CREATE INDEX webhook_schedule_by_heartbeat ON webhook_schedule (last_heartbeat);

-- Buckets.

-- The last purge of each bucket.
CREATE TABLE bucket_purge (
	bucket VARCHAR(63) NOT NULL PRIMARY KEY,
	state VARCHAR(20) NOT NULL,
	removed BIGINT NOT NULL,
	started_at BIGINT NOT NULL,
	updated_at BIGINT NOT NULL,
	error VARCHAR(2000)
);
