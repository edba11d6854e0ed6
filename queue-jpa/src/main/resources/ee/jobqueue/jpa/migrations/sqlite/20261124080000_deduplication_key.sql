-- On the first job's row, which is the chain's row: under which key the chain was started. The row of the key forgets the
-- chain when another takes the key over, and who opens a failed chain again must find that row. Of chains that lost
-- their key before this, it is not known any more.
ALTER TABLE jobqueue_job ADD COLUMN deduplication_key TEXT;

UPDATE jobqueue_job SET deduplication_key = (
    SELECT held.deduplication_key FROM jobqueue_deduplication held
    WHERE held.chain_id = jobqueue_job.id AND held.chain_type = jobqueue_job.chain_type)
WHERE id IN (SELECT held.chain_id FROM jobqueue_deduplication held)
