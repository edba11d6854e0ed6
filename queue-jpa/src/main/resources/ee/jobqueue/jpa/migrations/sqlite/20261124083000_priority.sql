-- The default is for servers of the version before, which may still write while this one starts.
ALTER TABLE jobqueue_job ADD COLUMN priority INTEGER NOT NULL DEFAULT 4;

-- Acquiring: filter and order in one range for each type and priority, over waiting jobs only.
DROP INDEX jobqueue_job_due;

CREATE INDEX jobqueue_job_due ON jobqueue_job (type, priority, scheduled_at, id) WHERE status = 'PENDING'
