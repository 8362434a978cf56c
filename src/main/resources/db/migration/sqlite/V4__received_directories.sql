-- received: the revision of the posting whose directory this service made of received files.
ALTER TABLE job ADD COLUMN received INTEGER;

CREATE INDEX job_by_received ON job (ended_at) WHERE received IS NOT NULL;

-- place: the id of the jobs root that has the directory, once it was seen there.
-- absent: in how many sweeps in a row it was not seen.
ALTER TABLE watched_directory ADD COLUMN place TEXT;

ALTER TABLE watched_directory ADD COLUMN absent INTEGER NOT NULL DEFAULT 0;
