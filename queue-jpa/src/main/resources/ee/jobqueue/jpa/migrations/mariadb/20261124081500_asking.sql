-- What a worker runs, for those who ask why a job does not.
ALTER TABLE jobqueue_worker ADD COLUMN IF NOT EXISTS types longtext NOT NULL DEFAULT '';
ALTER TABLE jobqueue_worker ADD COLUMN IF NOT EXISTS concurrency integer NOT NULL DEFAULT 0
