-- What becomes of the job when the chain for which it waits fails or is cancelled.
ALTER TABLE jobqueue_blocker ADD COLUMN IF NOT EXISTS on_failure varchar(10) NOT NULL DEFAULT 'WAIT'
