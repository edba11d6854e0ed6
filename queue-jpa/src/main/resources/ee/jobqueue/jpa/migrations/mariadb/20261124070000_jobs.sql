-- Every statement may run again: each DDL statement commits by itself, so a crash can leave a part of them done.
-- Texts compare byte by byte, trailing spaces included, whatever the database's own collation. Times are UTC.

CREATE TABLE IF NOT EXISTS jobqueue_job (
    id               uuid NOT NULL PRIMARY KEY,
    chain_id         uuid NOT NULL,
    chain_type       varchar(500) NOT NULL,
    chain_started_at datetime(3) NOT NULL,
    chain_position   integer NOT NULL,
    continued        boolean NOT NULL,
    -- On the first job's row, which is the chain's row. Null while the chain is open.
    chain_status     varchar(9),
    awaited          boolean NOT NULL,
    type             varchar(500) NOT NULL,
    status           varchar(9) NOT NULL
        CHECK (status IN ('BLOCKED', 'PENDING', 'RUNNING', 'COMPLETED', 'FAILED', 'CANCELLED')),
    input            longtext NOT NULL,
    output           longtext,
    attempt          integer NOT NULL,
    failures         integer NOT NULL,
    conflicts        integer NOT NULL,
    blocked          boolean NOT NULL,
    worker           uuid,
    last_error       longtext,
    created_at       datetime(3) NOT NULL,
    scheduled_at     datetime(3) NOT NULL,
    acquired_at      datetime(3),
    ended_at         datetime(3),
    CHECK (status <> 'RUNNING' OR worker IS NOT NULL),
    -- Acquiring: filter and order in one range. There are no partial indexes, so the status leads.
    KEY jobqueue_job_due (status, type, scheduled_at, id),
    -- Running jobs of a worker.
    KEY jobqueue_job_worker (worker, status),
    -- Jobs of a chain.
    UNIQUE KEY jobqueue_job_chain (chain_id, chain_position),
    -- Lists of chains (their last jobs) and of jobs, newest first.
    KEY jobqueue_job_last (continued, chain_started_at, chain_id),
    KEY jobqueue_job_created (created_at, id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

CREATE TABLE IF NOT EXISTS jobqueue_blocker (
    job_id   uuid NOT NULL,
    position integer NOT NULL,
    chain_id uuid NOT NULL,
    PRIMARY KEY (job_id, position),
    KEY jobqueue_blocker_chain (chain_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

CREATE TABLE IF NOT EXISTS jobqueue_deduplication (
    chain_type        varchar(500) NOT NULL,
    deduplication_key varchar(250) NOT NULL,
    chain_id          uuid NOT NULL,
    PRIMARY KEY (chain_type, deduplication_key)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

CREATE TABLE IF NOT EXISTS jobqueue_worker (
    id          uuid NOT NULL PRIMARY KEY,
    name        varchar(1000) NOT NULL,
    started_at  datetime(3) NOT NULL,
    lease_until datetime(3) NOT NULL
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

-- One row, by which servers elect who sweeps.
CREATE TABLE IF NOT EXISTS jobqueue_sweep (
    id      integer NOT NULL PRIMARY KEY CHECK (id = 1),
    next_at datetime(3) NOT NULL
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

INSERT IGNORE INTO jobqueue_sweep (id, next_at) VALUES (1, UTC_TIMESTAMP(3))
