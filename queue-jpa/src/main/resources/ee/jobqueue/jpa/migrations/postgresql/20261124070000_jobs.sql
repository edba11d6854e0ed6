-- Acquiring and finishing change indexed columns, so these updates are not HOT: room on each page keeps the new version
-- near the old one, and vacuum and analyze come early, since a planner without statistics sorts all waiting rows.
CREATE TABLE jobqueue_job (
    id               uuid NOT NULL PRIMARY KEY,
    chain_id         uuid NOT NULL,
    chain_type       text NOT NULL,
    chain_started_at timestamptz NOT NULL,
    chain_position   integer NOT NULL,
    continued        boolean NOT NULL,
    -- On the first job's row, which is the chain's row; null while the chain is open.
    chain_status     text,
    awaited          boolean NOT NULL,
    type             text NOT NULL,
    status           text NOT NULL
        CHECK (status IN ('BLOCKED', 'PENDING', 'RUNNING', 'COMPLETED', 'FAILED', 'CANCELLED')),
    input            text NOT NULL,
    output           text,
    attempt          integer NOT NULL,
    failures         integer NOT NULL,
    conflicts        integer NOT NULL,
    blocked          boolean NOT NULL,
    worker           uuid,
    last_error       text,
    created_at       timestamptz NOT NULL,
    scheduled_at     timestamptz NOT NULL,
    acquired_at      timestamptz,
    ended_at         timestamptz,
    CHECK (status <> 'RUNNING' OR worker IS NOT NULL)
) WITH (
    fillfactor = 70,
    autovacuum_vacuum_scale_factor = 0.02,
    autovacuum_vacuum_threshold = 1000,
    autovacuum_analyze_scale_factor = 0.02,
    autovacuum_analyze_threshold = 1000
);

-- Acquiring: filter and order in one range, over waiting jobs only.
CREATE INDEX jobqueue_job_due ON jobqueue_job (type, scheduled_at, id) WHERE status = 'PENDING';
-- Running jobs of a worker.
CREATE INDEX jobqueue_job_worker ON jobqueue_job (worker) WHERE status = 'RUNNING';
-- What the sweep looks at.
CREATE INDEX jobqueue_job_blocked ON jobqueue_job (id) WHERE status = 'BLOCKED';
-- Jobs of a chain.
CREATE UNIQUE INDEX jobqueue_job_chain ON jobqueue_job (chain_id, chain_position);
-- Lists of chains (their last jobs) and of jobs, newest first.
CREATE INDEX jobqueue_job_last ON jobqueue_job (chain_started_at, chain_id) WHERE NOT continued;
CREATE INDEX jobqueue_job_created ON jobqueue_job (created_at, id);

CREATE TABLE jobqueue_blocker (
    job_id   uuid NOT NULL,
    position integer NOT NULL,
    chain_id uuid NOT NULL,
    PRIMARY KEY (job_id, position)
);

CREATE INDEX jobqueue_blocker_chain ON jobqueue_blocker (chain_id);

CREATE TABLE jobqueue_deduplication (
    chain_type        text NOT NULL,
    deduplication_key text NOT NULL,
    chain_id          uuid NOT NULL,
    PRIMARY KEY (chain_type, deduplication_key)
);

-- Few rows, written every few seconds: half of each page stays free, so that renewals are HOT and leave no index entries.
CREATE TABLE jobqueue_worker (
    id          uuid NOT NULL PRIMARY KEY,
    name        text NOT NULL,
    started_at  timestamptz NOT NULL,
    lease_until timestamptz NOT NULL
) WITH (fillfactor = 50);

-- One row, by which servers elect who sweeps.
CREATE TABLE jobqueue_sweep (
    id      integer NOT NULL PRIMARY KEY CHECK (id = 1),
    next_at timestamptz NOT NULL
);

INSERT INTO jobqueue_sweep (id, next_at) VALUES (1, statement_timestamp())
