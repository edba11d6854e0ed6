-- Every statement may run again: H2 commits each by itself, so a crash can leave a part of them done.

CREATE TABLE IF NOT EXISTS jobqueue_job (
    id               UUID NOT NULL PRIMARY KEY,
    chain_id         UUID NOT NULL,
    chain_type       VARCHAR NOT NULL,
    chain_started_at TIMESTAMP(3) WITH TIME ZONE NOT NULL,
    chain_position   INTEGER NOT NULL,
    continued        BOOLEAN NOT NULL,
    -- On the first job's row, which is the chain's row; null while the chain is open.
    chain_status     VARCHAR,
    awaited          BOOLEAN NOT NULL,
    type             VARCHAR NOT NULL,
    -- No CHECK with IN: H2 2.4.240 evaluates it in the session that made the table, and once that one is closed refuses
    -- every row with "The database has been closed".
    status           VARCHAR NOT NULL,
    input            VARCHAR NOT NULL,
    output           VARCHAR,
    attempt          INTEGER NOT NULL,
    failures         INTEGER NOT NULL,
    conflicts        INTEGER NOT NULL,
    blocked          BOOLEAN NOT NULL,
    worker           UUID,
    last_error       VARCHAR,
    created_at       TIMESTAMP(3) WITH TIME ZONE NOT NULL,
    scheduled_at     TIMESTAMP(3) WITH TIME ZONE NOT NULL,
    acquired_at      TIMESTAMP(3) WITH TIME ZONE,
    ended_at         TIMESTAMP(3) WITH TIME ZONE,
    CHECK (status <> 'RUNNING' OR worker IS NOT NULL)
);

-- Acquiring: filter and order in one range. H2 has no partial indexes, so the status leads.
CREATE INDEX IF NOT EXISTS jobqueue_job_due ON jobqueue_job (status, type, scheduled_at, id);
-- Running jobs of a worker.
CREATE INDEX IF NOT EXISTS jobqueue_job_worker ON jobqueue_job (worker, status);
-- Jobs of a chain.
CREATE UNIQUE INDEX IF NOT EXISTS jobqueue_job_chain ON jobqueue_job (chain_id, chain_position);
-- Lists of chains (their last jobs) and of jobs, newest first.
CREATE INDEX IF NOT EXISTS jobqueue_job_last ON jobqueue_job (continued, chain_started_at, chain_id);
CREATE INDEX IF NOT EXISTS jobqueue_job_created ON jobqueue_job (created_at, id);

CREATE TABLE IF NOT EXISTS jobqueue_blocker (
    job_id   UUID NOT NULL,
    position INTEGER NOT NULL,
    chain_id UUID NOT NULL,
    PRIMARY KEY (job_id, position)
);

CREATE INDEX IF NOT EXISTS jobqueue_blocker_chain ON jobqueue_blocker (chain_id);

CREATE TABLE IF NOT EXISTS jobqueue_deduplication (
    chain_type        VARCHAR NOT NULL,
    deduplication_key VARCHAR NOT NULL,
    chain_id          UUID NOT NULL,
    PRIMARY KEY (chain_type, deduplication_key)
);

CREATE TABLE IF NOT EXISTS jobqueue_worker (
    id          UUID NOT NULL PRIMARY KEY,
    name        VARCHAR NOT NULL,
    started_at  TIMESTAMP(3) WITH TIME ZONE NOT NULL,
    lease_until TIMESTAMP(3) WITH TIME ZONE NOT NULL
);

-- One row, by which servers elect who sweeps.
CREATE TABLE IF NOT EXISTS jobqueue_sweep (
    id      INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    next_at TIMESTAMP(3) WITH TIME ZONE NOT NULL
);

MERGE INTO jobqueue_sweep (id, next_at) KEY (id) VALUES (1, CURRENT_TIMESTAMP(3))
