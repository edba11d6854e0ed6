-- The keys of a chain that is deleted.
CREATE INDEX jobqueue_deduplication_chain ON jobqueue_deduplication (chain_id);

-- Deletion by age: the last jobs of chains that are over, the oldest first.
CREATE INDEX jobqueue_job_ended ON jobqueue_job (ended_at, id) WHERE continued = 0 AND ended_at IS NOT NULL
