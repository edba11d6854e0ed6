-- What a worker runs, for those who ask why a job does not.
ALTER TABLE jobqueue_worker ADD COLUMN types TEXT NOT NULL DEFAULT '';
ALTER TABLE jobqueue_worker ADD COLUMN concurrency INTEGER NOT NULL DEFAULT 0;

-- Counts and lists of jobs that are over. Not of open ones, so that acquiring does not write it.
CREATE INDEX jobqueue_job_over ON jobqueue_job (status, type, created_at, id)
    WHERE status IN ('COMPLETED', 'FAILED', 'CANCELLED')
