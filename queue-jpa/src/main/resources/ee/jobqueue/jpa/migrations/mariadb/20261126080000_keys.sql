-- Who holds a deduplication key: of the chains of a type and key that are open, or ended in one way, the newest first. The id
-- is part of each index, and would make this one too long.
CREATE INDEX IF NOT EXISTS jobqueue_job_key ON jobqueue_job (chain_type, deduplication_key, chain_status, chain_started_at)
