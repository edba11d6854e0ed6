-- Ids are texts, times are milliseconds since 1970, truth values are 0 and 1.

CREATE TABLE jobqueue_job (
    id               TEXT NOT NULL PRIMARY KEY,
    chain_id         TEXT NOT NULL,
    chain_type       TEXT NOT NULL,
    chain_started_at INTEGER NOT NULL,
    chain_position   INTEGER NOT NULL,
    continued        INTEGER NOT NULL,
    -- On the first job's row, which is the chain's row. Null while the chain is open.
    chain_status     TEXT,
    awaited          INTEGER NOT NULL,
    type             TEXT NOT NULL,
    status           TEXT NOT NULL
        CHECK (status IN ('BLOCKED', 'PENDING', 'RUNNING', 'COMPLETED', 'FAILED', 'CANCELLED')),
    input            TEXT NOT NULL,
    output           TEXT,
    attempt          INTEGER NOT NULL,
    failures         INTEGER NOT NULL,
    conflicts        INTEGER NOT NULL,
    blocked          INTEGER NOT NULL,
    worker           TEXT,
    last_error       TEXT,
    created_at       INTEGER NOT NULL,
    scheduled_at     INTEGER NOT NULL,
    acquired_at      INTEGER,
    ended_at         INTEGER,
    CHECK (status <> 'RUNNING' OR worker IS NOT NULL)
) WITHOUT ROWID;

-- Acquiring: filter and order in one range, over waiting jobs only.
CREATE INDEX jobqueue_job_due ON jobqueue_job (type, scheduled_at, id) WHERE status = 'PENDING';
-- Running jobs of a worker.
CREATE INDEX jobqueue_job_worker ON jobqueue_job (worker) WHERE status = 'RUNNING';
-- What the sweep looks at.
CREATE INDEX jobqueue_job_blocked ON jobqueue_job (id) WHERE status = 'BLOCKED';
-- Jobs of a chain.
CREATE UNIQUE INDEX jobqueue_job_chain ON jobqueue_job (chain_id, chain_position);
-- Lists of chains (their last jobs) and of jobs, newest first.
CREATE INDEX jobqueue_job_last ON jobqueue_job (continued, chain_started_at, chain_id);
CREATE INDEX jobqueue_job_created ON jobqueue_job (created_at, id);

CREATE TABLE jobqueue_blocker (
    job_id   TEXT NOT NULL,
    position INTEGER NOT NULL,
    chain_id TEXT NOT NULL,
    PRIMARY KEY (job_id, position)
) WITHOUT ROWID;

CREATE INDEX jobqueue_blocker_chain ON jobqueue_blocker (chain_id);

CREATE TABLE jobqueue_deduplication (
    chain_type        TEXT NOT NULL,
    deduplication_key TEXT NOT NULL,
    chain_id          TEXT NOT NULL,
    PRIMARY KEY (chain_type, deduplication_key)
) WITHOUT ROWID;

CREATE TABLE jobqueue_worker (
    id          TEXT NOT NULL PRIMARY KEY,
    name        TEXT NOT NULL,
    started_at  INTEGER NOT NULL,
    lease_until INTEGER NOT NULL
) WITHOUT ROWID;

-- One row, by which servers elect who sweeps.
CREATE TABLE jobqueue_sweep (
    id      INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    next_at INTEGER NOT NULL
);

INSERT INTO jobqueue_sweep (id, next_at) VALUES (1, 0)
