-- The posting whose run may still have requests on their way to the bucket.
ALTER TABLE job ADD COLUMN running INTEGER;

-- Jobs that no run may take, because their artifacts are being removed or brought back.
CREATE TABLE job_hold (
	job_id TEXT NOT NULL PRIMARY KEY,
	holder TEXT NOT NULL,
	held_until INTEGER NOT NULL
);
