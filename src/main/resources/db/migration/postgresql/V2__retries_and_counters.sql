-- Jobs that failed and are tried again by themselves.

-- next_attempt_at: when a failed job is tried again; null if it is not.
-- failed_since: when the job failed for the first time without any progress since.
-- retries: how often it was tried again since then.
ALTER TABLE job ADD COLUMN next_attempt_at BIGINT;
ALTER TABLE job ADD COLUMN failed_since BIGINT;
ALTER TABLE job ADD COLUMN retries INTEGER NOT NULL DEFAULT 0;

CREATE INDEX job_by_next_attempt ON job (next_attempt_at) WHERE next_attempt_at IS NOT NULL;

-- Counters of the job's files, so that no list reads them all. Null until the first run of
-- a job that an older version entered.
ALTER TABLE job ADD COLUMN files BIGINT;
ALTER TABLE job ADD COLUMN files_sent BIGINT;
ALTER TABLE job ADD COLUMN bytes BIGINT;
ALTER TABLE job ADD COLUMN bytes_sent BIGINT;

CREATE INDEX job_file_by_position ON job_file (job_id, position);

-- The sweeps read a few rows, however long the history is.
CREATE INDEX job_untidy ON job (id) WHERE untidy = 1;

CREATE INDEX job_by_end ON job (ended_at) WHERE ended_at IS NOT NULL;
