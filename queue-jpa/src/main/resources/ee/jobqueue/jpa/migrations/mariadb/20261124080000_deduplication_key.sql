-- Every statement may run again: each DDL statement commits by itself, so a crash can leave a part of them done.

-- On the first job's row, which is the chain's row: under which key the chain was started. The row of the key forgets the
-- chain when another takes the key over, and who opens a failed chain again must find that row. Of chains that lost
-- their key before this, it is not known any more.
ALTER TABLE jobqueue_job ADD COLUMN IF NOT EXISTS deduplication_key varchar(250);

UPDATE jobqueue_job job JOIN jobqueue_deduplication held ON held.chain_id = job.id AND held.chain_type = job.chain_type
SET job.deduplication_key = held.deduplication_key
