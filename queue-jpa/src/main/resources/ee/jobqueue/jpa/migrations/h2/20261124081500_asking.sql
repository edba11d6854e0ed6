-- What a worker runs, for those who ask why a job does not.
ALTER TABLE jobqueue_worker ADD COLUMN IF NOT EXISTS types VARCHAR DEFAULT '' NOT NULL;
ALTER TABLE jobqueue_worker ADD COLUMN IF NOT EXISTS concurrency INTEGER DEFAULT 0 NOT NULL
