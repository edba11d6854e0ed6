-- The keys of a chain that is deleted.
CREATE INDEX IF NOT EXISTS jobqueue_deduplication_chain ON jobqueue_deduplication (chain_id);

-- Deletion by age: the last jobs of chains that are over, the oldest first.
CREATE INDEX IF NOT EXISTS jobqueue_job_ended ON jobqueue_job (continued, ended_at, id)
