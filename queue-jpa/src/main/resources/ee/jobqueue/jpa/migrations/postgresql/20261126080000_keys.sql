-- Who holds a deduplication key: of the chains of a type and key that are open, or ended in one way, the newest first. Of
-- chains without a key nothing is written here.
CREATE INDEX jobqueue_job_key ON jobqueue_job (chain_type, deduplication_key, chain_status, chain_started_at, id)
    WHERE deduplication_key IS NOT NULL
