-- Replicas read the jobs that changed lately, whoever changed them.
CREATE INDEX job_by_change ON job (updated_at);
