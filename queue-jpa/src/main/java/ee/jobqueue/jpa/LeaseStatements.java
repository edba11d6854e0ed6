package ee.jobqueue.jpa;

import static ee.jobqueue.jpa.Sql.changing;
import static ee.jobqueue.jpa.Sql.of;

/** The statements of leases, as {@link Statements} are those of jobs. */
final class LeaseStatements {

    private LeaseStatements() {}

    /** A running {@code job} may not fail once more: the limit of its type is reached by this failure. */
    private static final String USED_UP = """
            job.failures + 1 >= (SELECT COALESCE(MAX(attempts.most), :default_limit)
                FROM UNNEST(CAST(:limited_types AS VARCHAR ARRAY), CAST(:limits AS INTEGER ARRAY)) AS attempts(type, most)
                WHERE attempts.type = job.type)
            """;

    /** Writes a worker. */
    static final Sql REGISTER = of("""
            INSERT INTO jobqueue_worker (id, name, types, concurrency, started_at, lease_until)
            VALUES (:worker, :name, :types, :concurrency, {now}, {lease})
            """);

    /**
     * Renews a worker's lease, by primary key, and looks for others whose lease is over. Locks the worker's row only, and fails at
     * once when another transaction has it: to be tried again is better than to hang until the lease is over.
     */
    static final Sql RENEW = changing("UPDATE jobqueue_worker SET lease_until = {lease} WHERE id = ANY({locked})", """
            SELECT EXISTS (SELECT 1 FROM {changed}) AS kept,
                EXISTS (SELECT 1 FROM jobqueue_worker WHERE id <> :worker AND lease_until <= {now}) AS others_over
            """)
            .locking("SELECT id FROM jobqueue_worker WHERE id = :worker FOR UPDATE NOWAIT");

    /** Reads the attempts of a worker, by the index over running jobs. */
    static final Sql RUNNING = of("SELECT id, attempt FROM jobqueue_job WHERE worker = :worker AND status = 'RUNNING'");

    /**
     * Forgets the workers whose lease is over; from then on they cannot renew it. Passes over locked ones, which may be renewing
     * it. Tells as well whether their jobs' failure may end a chain of several jobs, whose row has to be locked first.
     */
    static final Sql FORGET_WORKERS = changing(
                    "DELETE FROM jobqueue_worker WHERE id = ANY({locked})", """
            SELECT changed.id, EXISTS (
                SELECT 1 FROM jobqueue_job job
                WHERE job.worker = changed.id AND job.status = 'RUNNING' AND job.chain_position > 0 AND %s) AS ends_chains
            FROM {changed}
            """.formatted(USED_UP))
            .locking("SELECT id FROM jobqueue_worker WHERE lease_until <= {now} FOR UPDATE SKIP LOCKED");

    /** Locks the rows of the chains of several jobs that the failure ends, in id order; passes over locked ones. */
    static final Sql LOCK_REAPED_CHAINS = of("""
            SELECT chain.id, chain.awaited FROM jobqueue_job chain
            WHERE chain.id IN (
                SELECT job.chain_id FROM jobqueue_job job
                WHERE job.worker = ANY(:workers) AND job.status = 'RUNNING' AND job.chain_position > 0 AND %s)
            ORDER BY chain.id FOR UPDATE SKIP LOCKED
            """.formatted(USED_UP));

    /**
     * Locks the running jobs of workers, by the index over them; passes over locked ones, whose attempts still write.
     */
    private static final String LOCK_REAPED_JOBS = """
            SELECT job.id FROM jobqueue_job job WHERE job.worker = ANY(:workers) AND job.status = 'RUNNING'
            ORDER BY job.id FOR UPDATE SKIP LOCKED
            """;

    /** Puts back locked jobs, or fails them, by primary key, and with a first job its chain. */
    static final Sql REAP = changing(
                    """
            UPDATE jobqueue_job job SET
                status = CASE WHEN {used up} THEN 'FAILED' ELSE 'PENDING' END,
                chain_status = CASE WHEN chain_position = 0 AND {used up} THEN 'FAILED' ELSE chain_status END,
                ended_at = CASE WHEN {used up} THEN {now} ELSE ended_at END,
                scheduled_at = CASE WHEN {used up} THEN scheduled_at ELSE {now} END,
                failures = failures + 1, conflicts = 0, last_error = :error
            WHERE id = ANY({locked}) AND status = 'RUNNING' AND worker = ANY(:workers)
                AND (chain_position = 0 OR chain_id = ANY(:chains) OR NOT ({used up}))
            """.replace("{used up}", USED_UP),
                    "SELECT changed.*, changed.awaited AS has_waiters, {now} AS read_at FROM {changed}")
            .locking(LOCK_REAPED_JOBS);

    /** Ends chains whose rows are locked, by primary key. */
    static final Sql FAIL_CHAINS = of("UPDATE jobqueue_job SET chain_status = 'FAILED' WHERE id = ANY(:chains)");

    /**
     * Forgets a worker under which nothing runs, by primary key; passes over it when its row is locked. What runs is looked for by
     * the query: a deletion would lock the jobs that it reads on MariaDB.
     */
    static final Sql RETIRE =
            of("DELETE FROM jobqueue_worker WHERE id = ANY({locked})").locking("""
            SELECT worker.id FROM jobqueue_worker worker WHERE worker.id = :worker AND NOT EXISTS (
                SELECT 1 FROM jobqueue_job job WHERE job.worker = :worker AND job.status = 'RUNNING')
            FOR UPDATE SKIP LOCKED
            """);

    /** Locks the sweep's row when a sweep is due; passes over one that is going on. */
    static final Sql ELECT_SWEEP = of("SELECT id FROM jobqueue_sweep WHERE next_at <= {now} FOR UPDATE SKIP LOCKED");

    /** Notes when the next sweep is due. The row is locked. */
    static final Sql SCHEDULE_SWEEP = of("UPDATE jobqueue_sweep SET next_at = {lease}");

    /**
     * Locks jobs that wait though their blockers are all settled, or though one of them ends the job, in id order; passes
     * over locked ones.
     */
    static final Sql LOCK_MISSED = of("""
            SELECT job.id FROM jobqueue_job job
            WHERE job.status = 'BLOCKED' AND (NOT EXISTS (
                    SELECT 1 FROM jobqueue_blocker blocker JOIN jobqueue_job chain ON chain.id = blocker.chain_id
                    WHERE blocker.job_id = job.id AND %s)
                OR EXISTS (
                    SELECT 1 FROM jobqueue_blocker blocker JOIN jobqueue_job chain ON chain.id = blocker.chain_id
                    WHERE blocker.job_id = job.id AND %s))
            ORDER BY job.id FOR UPDATE SKIP LOCKED
            """.formatted(ResolvingStatements.UNSETTLED, ResolvingStatements.ENDING));

    /** Reads the workers that are not known and under which jobs run; tells whether their failure may end chains. */
    static final Sql UNKNOWN_WORKERS = of("""
            SELECT job.worker AS id, MAX(CASE WHEN job.chain_position > 0 AND %s THEN 1 ELSE 0 END) = 1 AS ends_chains
            FROM jobqueue_job job
            WHERE job.status = 'RUNNING'
                AND NOT EXISTS (SELECT 1 FROM jobqueue_worker worker WHERE worker.id = job.worker)
            GROUP BY job.worker
            """.formatted(USED_UP));

    /** Reads the types of the jobs that wait for chains or run; they are few, and found by indexes over them. */
    static final Sql BUSY_TYPES = of("""
            SELECT job.type FROM jobqueue_job job WHERE job.status = 'BLOCKED'
            UNION SELECT job.type FROM jobqueue_job job WHERE job.status = 'RUNNING'
            """);

    /**
     * Reads the next type of which jobs are pending, by the index over them; {@code null} when there is none. Of those there may
     * be very many, and to find all types at once is to read them all.
     */
    static final Sql NEXT_PENDING_TYPE =
            of("SELECT MIN(job.type) AS type FROM jobqueue_job job WHERE job.status = 'PENDING' AND job.type > :type");
}
