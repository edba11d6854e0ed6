package ee.jobqueue.jpa;

import static ee.jobqueue.jpa.Sql.changing;
import static ee.jobqueue.jpa.Sql.changingJobs;
import static ee.jobqueue.jpa.Sql.of;

import ee.jobqueue.jpa.Sql.ByClaim;

/**
 * The statements of the store in the order of the port's verbs, each under a sentence that says what it guarantees,
 * which lock it takes and which index serves it. What differs between databases is in {@link Dialect}; what only reads
 * without a lock is in {@link Reading}. Arrays keep the texts the same for any number of rows, so that they stay
 * cached.
 */
final class Statements {

    private Statements() {}

    // ---- starting ----

    /** Writes first jobs, which are their chains' rows. Waits for nobody. */
    static final Sql START = changingJobs("""
            INSERT INTO jobqueue_job (id, chain_id, chain_type, chain_started_at, chain_position, continued, awaited, type,
                status, input, attempt, failures, conflicts, blocked, created_at, scheduled_at, deduplication_key, priority)
            SELECT job.id, job.id, job.type, {now}, 0, FALSE, FALSE, job.type,
                job.status, job.input, 0, 0, 0, job.blocked, {now}, {due job}, job.deduplication_key,
                job.priority
            FROM UNNEST(CAST(:ids AS UUID ARRAY), CAST(:types AS VARCHAR ARRAY), CAST(:statuses AS VARCHAR ARRAY),
                    CAST(:inputs AS VARCHAR ARRAY), CAST(:blocked AS BOOLEAN ARRAY), CAST(:at_millis AS BIGINT ARRAY),
                    CAST(:delay_millis AS BIGINT ARRAY), CAST(:keys AS VARCHAR ARRAY),
                    CAST(:priorities AS INTEGER ARRAY))
                AS job(id, type, status, input, blocked, at_millis, delay_millis, deduplication_key, priority)
            """);

    /** Writes for which chains jobs wait. Waits for nobody. */
    private static final Sql BLOCK = of("""
            INSERT INTO jobqueue_blocker (job_id, position, chain_id, on_failure)
            SELECT edge.job_id, edge.position, edge.chain_id, edge.on_failure
            FROM UNNEST(CAST(:jobs AS UUID ARRAY), CAST(:positions AS INTEGER ARRAY), CAST(:chains AS UUID ARRAY),
                    CAST(:on_failures AS VARCHAR ARRAY))
                AS edge(job_id, position, chain_id, on_failure)
            """);

    /** Locks chain rows in id order, by primary key. Only under that lock is it certain whether they are over. */
    private static final String LOCK_CHAINS = """
            SELECT chain.id FROM jobqueue_job chain WHERE chain.id = ANY(:chains) AND chain.chain_position = 0
            ORDER BY chain.id FOR UPDATE
            """;

    /** Locks chain rows, and notes on the open ones among the blockers that somebody waits, for whoever ends them. */
    static final Sql AWAIT_CHAINS = changing(
                    """
            UPDATE jobqueue_job chain
            SET awaited = awaited OR (id = ANY(:blockers) AND (chain_status IS NULL OR chain_status <> 'COMPLETED'))
            WHERE id = ANY({locked})
            """, "SELECT changed.id, changed.chain_type, changed.chain_status, changed.awaited FROM {changed}")
            .locking(LOCK_CHAINS);

    /** Writes first jobs that have blockers. */
    static final Sql START_BLOCKED = START.with(BLOCK);

    /**
     * The newest chain of those that were started under an asked key, that stand in one way, and that are not among the
     * disregarded ones, whose ids are written one after the other. The first entry of a range of the index over keys but for
     * the disregarded. Ordered by all columns of the index: that three of them are the same in a range is seen by few planners;
     * and with a CASE, of which PostgreSQL expects that half of the rows pass, and not so few that it sorts them all.
     */
    private static final String NEWEST = """
            SELECT chain.id FROM jobqueue_job chain
            WHERE chain.chain_type = asked.chain_type AND chain.deduplication_key = asked.deduplication_key
                AND chain.chain_status %s
                AND CASE WHEN REPLACE(asked.disregarded, CAST(chain.id AS CHAR(36)), '') = asked.disregarded
                    THEN TRUE ELSE FALSE END
            ORDER BY chain.chain_type DESC, chain.deduplication_key DESC, chain.chain_status DESC,
                chain.chain_started_at DESC, chain.id DESC
            LIMIT 1
            """;

    /**
     * Reads the last jobs of the newest chains with the asked keys that are open, or ended in the asked way, by the index over
     * keys and by chain. The keys are locked.
     */
    static final Sql HOLDERS = of("""
            SELECT job.*, held.place, {now} AS read_at
            FROM (SELECT asked.place, CASE WHEN asked.chain_end IS NULL THEN (%s) ELSE (%s) END AS chain_id
                FROM UNNEST(CAST(:places AS INTEGER ARRAY), CAST(:types AS VARCHAR ARRAY), CAST(:keys AS VARCHAR ARRAY),
                        CAST(:ends AS VARCHAR ARRAY), CAST(:disregarded AS VARCHAR ARRAY))
                    AS asked(place, chain_type, deduplication_key, chain_end, disregarded)) held
            JOIN jobqueue_job job ON job.chain_id = held.chain_id AND job.continued = FALSE
            """.formatted(NEWEST.formatted("IS NULL"), NEWEST.formatted("= asked.chain_end")));

    // ---- finishing ----

    /** Locks a job that the attempt owns, by primary key. */
    static final Sql HOLD = of("SELECT job.id FROM jobqueue_job job WHERE job.id = :job AND {claim job} FOR UPDATE")
            .fenced();

    /**
     * Ends the chain of a claimed job, by primary key: locks the chain's row, and tells from it whether anyone waits.
     * When the job is the chain's only one, its row is the same, and the job ends as well.
     */
    static final ByClaim END_CHAIN = changing(
                    """
            UPDATE jobqueue_job chain SET chain_status = :status,
                status = CASE WHEN id = :job THEN :status ELSE status END,
                output = CASE WHEN id = :job THEN :output ELSE output END,
                ended_at = CASE WHEN id = :job THEN {now} ELSE ended_at END,
                worker = CASE WHEN id = :job THEN {by} ELSE worker END,
                conflicts = CASE WHEN id = :job THEN 0 ELSE conflicts END,
                failures = CASE WHEN id = :job THEN failures + :failed ELSE failures END,
                last_error = CASE WHEN id = :job THEN COALESCE(:error, last_error) ELSE last_error END
            WHERE id = (SELECT job.chain_id FROM jobqueue_job job WHERE job.id = :job AND {claim job})
                AND (id <> :job OR {claim chain})
            """, "SELECT changed.id, changed.chain_id, changed.awaited FROM {changed}")
            .byClaim();

    /** Ends a claimed job, by primary key. Its chain's row is another one, and locked. */
    static final ByClaim END_JOB = of("""
            UPDATE jobqueue_job job SET status = :status, output = :output, ended_at = {now}, worker = {by}, conflicts = 0,
                failures = failures + :failed, last_error = COALESCE(:error, last_error)
            WHERE id = :job AND {claim job}
            """).byClaim();

    /** Locks those who wait for a chain, in id order, by the index over blockers. */
    static final Sql LOCK_WAITING = of("""
            SELECT job.id FROM jobqueue_job job
            WHERE job.id IN (SELECT blocker.job_id FROM jobqueue_blocker blocker WHERE blocker.chain_id = :chain)
                AND job.status = 'BLOCKED'
            ORDER BY job.id FOR UPDATE
            """);

    /**
     * Unblocks locked jobs whose blockers are all settled, by primary key. A statement of its own after the locking
     * one, so that it sees what another transaction committed while that one waited for it.
     */
    static final Sql UNBLOCK = changingJobs("""
            UPDATE jobqueue_job job SET status = 'PENDING', scheduled_at = GREATEST(scheduled_at, {now})
            WHERE id = ANY(:jobs) AND status = 'BLOCKED' AND NOT EXISTS (
                SELECT 1 FROM jobqueue_blocker blocker JOIN jobqueue_job chain ON chain.id = blocker.chain_id
                WHERE blocker.job_id = job.id AND %s)
            """.formatted(ResolvingStatements.UNSETTLED));

    /** Completes a claimed job and writes the next one of its chain, by primary key. Locks the claimed job only. */
    static final ByClaim CONTINUE = changing("""
            UPDATE jobqueue_job job
            SET status = 'COMPLETED', continued = TRUE, chain_status = NULL, ended_at = {now}, worker = {by},
                conflicts = 0
            WHERE id = :job AND {claim job}
            """, """
            INSERT INTO jobqueue_job (id, chain_id, chain_type, chain_started_at, chain_position, continued, awaited, type,
                status, input, attempt, failures, conflicts, blocked, created_at, scheduled_at, priority)
            SELECT CAST(:next AS UUID), changed.chain_id, changed.chain_type, changed.chain_started_at,
                changed.chain_position + 1, FALSE, FALSE, CAST(:type AS VARCHAR), CAST(:next_status AS VARCHAR),
                CAST(:input AS VARCHAR), 0, 0, 0, CAST(:blocked AS BOOLEAN), {now}, {due},
                COALESCE(CAST(:priority AS INTEGER), changed.priority)
            FROM {changed}
            """).byClaim();

    /** The same, for a next job that has blockers. */
    static final ByClaim CONTINUE_BLOCKED = CONTINUE.with(BLOCK);

    /** Reads of a job's chain, when it has failed, which key it has, by primary keys. Its row and the job are locked. */
    static final Sql FAILED_CHAIN = of("""
            SELECT chain.id, chain.chain_type, chain.deduplication_key FROM jobqueue_job job
            JOIN jobqueue_job chain ON chain.id = job.chain_id
            WHERE job.id = :job AND chain.chain_status = 'FAILED'
            """);

    /** Opens a chain again that had failed and is continued from outside, by primary key. Its row is locked. */
    static final Sql REOPEN_CHAIN = of("UPDATE jobqueue_job SET chain_status = NULL WHERE id = :chain");

    /** Reads the chain of a claimed job, by primary key. The chain never changes; the claim may be lost after this. */
    static final ByClaim CHAIN_OF = of("SELECT job.chain_id FROM jobqueue_job job WHERE job.id = :job AND {claim job}")
            .byClaim();

    /** Locks more chain rows in id order, by primary key. */
    static final Sql LOCK_MORE_CHAINS = of(LOCK_CHAINS);

    /** Reads for which chains the last jobs of chains wait, by chain. */
    static final Sql WAITED_FOR = of("""
            SELECT DISTINCT blocker.chain_id FROM jobqueue_job job
            JOIN jobqueue_blocker blocker ON blocker.job_id = job.id
            WHERE job.chain_id = ANY(:chains) AND job.continued = FALSE AND job.status = 'BLOCKED'
            """);

    /** Puts back a job that the attempt owns, by primary key. */
    static final Sql RESCHEDULE = of("""
            UPDATE jobqueue_job job SET status = 'PENDING', scheduled_at = {due}, conflicts = 0
            WHERE id = :job AND {claim job}
            """).fenced();

    /** Puts back a job that the attempt owns, after a conflict, by primary key. */
    static final Sql CONFLICT = of("""
            UPDATE jobqueue_job job SET status = 'PENDING', scheduled_at = {now}, conflicts = conflicts + 1
            WHERE id = :job AND {claim job}
            """).fenced();

    /** Records the failure of an attempt that owns its job, and puts the job back, by primary key. */
    static final Sql FAIL = of("""
            UPDATE jobqueue_job job SET status = 'PENDING', scheduled_at = {due}, conflicts = 0, failures = failures + 1,
                last_error = :error
            WHERE id = :job AND {claim job}
            """).fenced();

    private static final String OWNED = """
            SELECT job.id FROM jobqueue_job job
            WHERE job.id = ANY(:jobs) AND job.status = 'RUNNING' AND (job.id, job.worker, job.attempt) IN (
                SELECT given.job_id, given.worker, given.attempt
                FROM UNNEST(CAST(:jobs AS UUID ARRAY), CAST(:workers AS UUID ARRAY), CAST(:attempts AS INTEGER ARRAY))
                    AS given(job_id, worker, attempt))
            """;

    /** Reads which jobs their attempts own, by primary key. */
    static final Sql STILL_OWNED = of(OWNED);

    /**
     * Puts back those jobs that their attempts own, by primary key, and passes over locked ones. The fence is in the query that
     * locks: the database chooses no other index for the change then, and nobody else can make it false before that.
     */
    static final Sql GIVE_BACK = of("""
            UPDATE jobqueue_job SET status = 'PENDING', scheduled_at = {now} WHERE id = ANY({locked})
            """).locking(OWNED + "ORDER BY job.id FOR UPDATE SKIP LOCKED");
}
