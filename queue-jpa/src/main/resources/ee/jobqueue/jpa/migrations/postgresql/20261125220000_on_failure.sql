-- What becomes of the job when the chain for which it waits fails or is cancelled.
ALTER TABLE jobqueue_blocker ADD COLUMN on_failure varchar NOT NULL DEFAULT 'WAIT'
