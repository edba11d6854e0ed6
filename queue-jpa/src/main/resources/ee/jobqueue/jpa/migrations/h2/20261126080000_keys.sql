-- Who holds a deduplication key: of the chains of a type and key that are open, or ended in one way, the newest first. All
-- columns are descending, since H2 reads an index in one direction only.
CREATE INDEX IF NOT EXISTS jobqueue_job_key
    ON jobqueue_job (chain_type DESC, deduplication_key DESC, chain_status DESC, chain_started_at DESC, id DESC)
