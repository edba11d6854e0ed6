package ee.jobqueue.jpa;

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

    /** Rows and what becomes of them, as a table. */
    static final String RULED = """
            UNNEST(CAST(:rows AS UUID ARRAY), CAST(:statuses AS VARCHAR ARRAY), CAST(:reasons AS VARCHAR ARRAY))
                AS ruled(row_id, outcome, reason)
            """;

    /** Ends the {@code job} of a row when it is a last one, and its chain when it is a first one. */
    static final String ENDING_BY_RULE = """
            chain_status = CASE WHEN job.chain_position > 0 THEN job.chain_status ELSE ruled.outcome END,
            status = CASE WHEN job.continued THEN job.status ELSE ruled.outcome END,
            ended_at = CASE WHEN job.continued THEN job.ended_at ELSE {now} END,
            last_error = CASE WHEN job.continued THEN job.last_error ELSE ruled.reason END
            """;

    /**
     * Ends locked jobs that waited, and notes it on their chains' rows, which are among the rows, by primary key. From the
     * rules to the rows, so that each is read once.
     */
    static final Sql END =
            of("UPDATE jobqueue_job job SET %s FROM %s WHERE job.id = ruled.row_id".formatted(ENDING_BY_RULE, RULED));

    /** Reads jobs that have just ended, by primary key. */
    static final Sql ENDED = of("SELECT job.*, {now} AS read_at FROM jobqueue_job job WHERE job.id = ANY(:jobs)");
}
