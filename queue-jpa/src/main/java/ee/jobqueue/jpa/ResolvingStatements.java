package ee.jobqueue.jpa;

import static ee.jobqueue.jpa.Sql.changingJobs;
import static ee.jobqueue.jpa.Sql.of;

/** The statements of resolving, as {@link Statements} are those of jobs. */
final class ResolvingStatements {

    private ResolvingStatements() {}

    /**
     * The edge of a job for which it has to wait: the chain is open, or did not complete and the job does not run all
     * the same.
     */
    static final String UNSETTLED =
            "(chain.chain_status IS NULL" + " OR (chain.chain_status <> 'COMPLETED' AND blocker.on_failure <> 'RUN'))";

    /** The edge of a job that ends it: the chain did not complete. */
    static final String ENDING =
            "(chain.chain_status IN ('FAILED', 'CANCELLED')" + " AND blocker.on_failure IN ('FAIL', 'CANCEL'))";

    /**
     * Reads who waits for chains that did not complete and does not go on waiting all the same, by the index over
     * blockers. While the chains' rows are locked there are none to come, only some to go.
     */
    static final Sql AFFECTED = of("""
            SELECT DISTINCT job.id, job.chain_id FROM jobqueue_blocker blocker
            JOIN jobqueue_job job ON job.id = blocker.job_id
            WHERE blocker.chain_id = ANY(:chains) AND blocker.on_failure <> 'WAIT' AND job.status = 'BLOCKED'
            """);

    /** Locks jobs that still wait, in id order, by primary key. */
    static final Sql LOCK_JOBS = of("""
            SELECT job.id FROM jobqueue_job job WHERE job.id = ANY(:jobs) AND job.status = 'BLOCKED'
            ORDER BY job.id FOR UPDATE
            """);

    /**
     * Reads how the blockers of locked jobs stand that still wait, in their declared order, and whether anyone waits for
     * the jobs' own chains, by primary keys. A statement of its own after the locking ones, so that it sees what another
     * transaction committed while those waited for it.
     */
    static final Sql EDGES = of("""
            SELECT blocker.job_id, blocker.chain_id, blocker.on_failure, chain.chain_status, job.chain_id AS own_chain,
                own.awaited
            FROM jobqueue_blocker blocker
            JOIN jobqueue_job chain ON chain.id = blocker.chain_id
            JOIN jobqueue_job job ON job.id = blocker.job_id
            JOIN jobqueue_job own ON own.id = job.chain_id
            WHERE blocker.job_id = ANY(:jobs) AND job.status = 'BLOCKED'
            ORDER BY blocker.job_id, blocker.position
            """);

    /** Ends locked jobs that waited, and notes it on their chains' rows, which are among the rows, by primary key. */
    static final Sql END = changingJobs("""
            UPDATE jobqueue_job SET
                chain_status = CASE WHEN chain_position > 0 THEN chain_status WHEN id = ANY(:failed) THEN 'FAILED'
                    ELSE 'CANCELLED' END,
                status = CASE WHEN continued THEN status WHEN id = ANY(:failed) THEN 'FAILED' ELSE 'CANCELLED' END,
                ended_at = CASE WHEN continued THEN ended_at ELSE {now} END,
                last_error = CASE WHEN continued THEN last_error ELSE (
                    SELECT ruled.reason
                    FROM UNNEST(CAST(:jobs AS UUID ARRAY), CAST(:reasons AS VARCHAR ARRAY)) AS ruled(job_id, reason)
                    WHERE ruled.job_id = jobqueue_job.id) END
            WHERE id = ANY(:rows)
            """);
}
