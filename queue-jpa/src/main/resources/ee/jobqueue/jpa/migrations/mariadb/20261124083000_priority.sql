-- Every statement may run again: each DDL statement commits by itself, so a crash can leave a part of them done.

-- The default is for servers of the version before, which may still write while this one starts.
ALTER TABLE jobqueue_job ADD COLUMN IF NOT EXISTS priority integer NOT NULL DEFAULT 4;

-- Acquiring: filter and order in one range for each type and priority.
ALTER TABLE jobqueue_job DROP INDEX IF EXISTS jobqueue_job_due;

CREATE INDEX IF NOT EXISTS jobqueue_job_due ON jobqueue_job (status, type, priority, scheduled_at, id)
