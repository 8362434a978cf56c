-- verified_at: the end of the last audit that found the job's files in the bucket.
ALTER TABLE job ADD COLUMN verified_at INTEGER;

-- restored_at: when its files were last brought back to its directory.
ALTER TABLE job ADD COLUMN restored_at INTEGER;

-- pruned_at: when the copies in its directory were removed, since its completion or last restore.
ALTER TABLE job ADD COLUMN pruned_at INTEGER;

CREATE INDEX job_by_directory ON job (directory);

CREATE INDEX job_to_prune ON job (place, ended_at, id) WHERE status = 'completed' AND pruned_at IS NULL;

-- Audits: comparisons of the jobs with the bucket.

-- job_id: the only job to compare; all jobs if it is null.
-- after_job: the last job that was compared.
-- after_key: the last object that was listed; null while jobs are compared.
-- stalls: failed tries since the last progress.
CREATE TABLE audit (
	id TEXT NOT NULL PRIMARY KEY,
	state TEXT NOT NULL,
	job_id TEXT,
	deep INTEGER NOT NULL,
	started_at INTEGER NOT NULL,
	ended_at INTEGER,
	jobs INTEGER NOT NULL,
	intact INTEGER NOT NULL,
	missing INTEGER NOT NULL,
	changed INTEGER NOT NULL,
	unknown INTEGER NOT NULL,
	error TEXT,
	after_job TEXT NOT NULL,
	after_key TEXT,
	stalls INTEGER NOT NULL
);

CREATE INDEX audit_by_age ON audit (started_at, id);

-- One audit runs at a time, over all replicas.
CREATE UNIQUE INDEX audit_running ON audit (state) WHERE state = 'running';

-- The first objects of each kind that an audit found: missing, changed or unknown.
CREATE TABLE audit_finding (
	audit_id TEXT NOT NULL,
	kind TEXT NOT NULL,
	object_key TEXT NOT NULL,
	job_id TEXT,
	PRIMARY KEY (audit_id, kind, object_key)
);
