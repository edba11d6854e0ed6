package ee.jobqueue.jpa;

import static ee.jobqueue.jpa.Sql.of;

/** The statements of deletion, as {@link Statements} are those of jobs. */
final class DeletionStatements {

    private DeletionStatements() {}

    /** A {@code job} may still read the outputs of its blockers: it has not ended, or may be retried. */
    private static final String STILL_READS = "job.status NOT IN ('COMPLETED', 'CANCELLED')";

    /**
     * A {@code job} ends its chain, and has done so for some time. A list and no array: MariaDB joins the rows of an array first,
     * and then reads all that is over instead of the oldest.
     */
    private static final String OVER_FOR_LONG = """
            job.continued = FALSE AND job.ended_at <= {past}
                AND job.status IN (:completed, :failed, :cancelled)
            """;

    /** Reads for which chains any job of chains waits, or waited, and of which of them, by chain. */
    static final Sql BLOCKERS_OF = of("""
            SELECT DISTINCT job.chain_id AS id, blocker.chain_id FROM jobqueue_job job
            JOIN jobqueue_blocker blocker ON blocker.job_id = job.id
            WHERE job.chain_id = ANY(:chains)
            """);

    /** Reads the rows of the keys of chains, by primary keys, and the claims of their ids, by the index over chains in rows. */
    static final Sql KEYS_OF = of("""
            SELECT held.chain_type, held.deduplication_key, chain.id FROM jobqueue_job chain
            JOIN jobqueue_deduplication held
                ON held.chain_type = chain.chain_type AND held.deduplication_key = chain.deduplication_key
            WHERE chain.id = ANY(:chains)
            UNION
            SELECT claim.chain_type, claim.deduplication_key, chain.id FROM jobqueue_job chain
            JOIN jobqueue_deduplication claim ON claim.chain_id = chain.id
            WHERE chain.id = ANY(:chains)
            """);

    /**
     * Locks the jobs of chains that are their last ones when the locks are got, by chain, in id order; fewer than there are
     * chains when one was continued meanwhile.
     */
    static final Sql LOCK_LAST_JOBS = of("""
            SELECT job.*, {now} AS read_at FROM jobqueue_job job
            WHERE job.chain_id = ANY(:chains) AND job.continued = FALSE ORDER BY job.id FOR UPDATE
            """);

    /** Reads the jobs of other chains that still read an output of these, by the index over blockers. */
    static final Sql REFERENCES = of("""
            SELECT blocker.chain_id, blocker.job_id FROM jobqueue_blocker blocker
            JOIN jobqueue_job job ON job.id = blocker.job_id
            WHERE blocker.chain_id = ANY(:chains) AND NOT job.chain_id = ANY(:chains) AND %s
            ORDER BY blocker.chain_id, blocker.job_id
            """.formatted(STILL_READS));

    /**
     * Reads chains that are over for some time and whose outputs nobody still reads, by the index over ends, in its order. Asks
     * for one who does and not whether any exists, which MariaDB answers for all chains at once, before the limit; by a CASE,
     * of which PostgreSQL expects that half of the rows pass, and not so few that it sorts them all.
     */
    static final Sql OVER = of("""
            SELECT job.chain_id FROM jobqueue_job job
            WHERE %s AND CASE WHEN (
                    SELECT waiting.id FROM jobqueue_blocker blocker
                    JOIN jobqueue_job waiting ON waiting.id = blocker.job_id
                    WHERE blocker.chain_id = job.chain_id AND %s LIMIT 1) IS NULL
                THEN TRUE ELSE FALSE END
            ORDER BY job.ended_at, job.id LIMIT :limit
            """.formatted(OVER_FOR_LONG, STILL_READS.replace("job.", "waiting.")));

    /** Locks chain rows, by primary key; passes over locked ones. */
    static final Sql LOCK_FREE_CHAINS = of("""
            SELECT chain.id FROM jobqueue_job chain WHERE chain.id = ANY(:chains) AND chain.chain_position = 0
            ORDER BY chain.id FOR UPDATE SKIP LOCKED
            """);

    /** Locks the last jobs of chains that are still over, by chain; passes over locked ones. */
    static final Sql LOCK_FREE_LAST_JOBS = of("""
            SELECT job.*, {now} AS read_at FROM jobqueue_job job
            WHERE job.chain_id = ANY(:chains) AND %s ORDER BY job.id FOR UPDATE SKIP LOCKED
            """.formatted(OVER_FOR_LONG));

    /** Deletes the notes for which chains the jobs of chains waited, by primary key. */
    static final Sql DELETE_OWN_BLOCKERS = of("""
            DELETE FROM jobqueue_blocker WHERE job_id IN (SELECT id FROM jobqueue_job WHERE chain_id = ANY(:chains))
            """);

    /** Deletes the notes that jobs waited for chains, by the index over blockers. Those jobs are over. */
    static final Sql DELETE_REFERENCES = of("DELETE FROM jobqueue_blocker WHERE chain_id = ANY(:chains)");

    /** Deletes chains, whose rows and last jobs are locked, by chain. */
    static final Sql DELETE_JOBS = of("DELETE FROM jobqueue_job WHERE chain_id = ANY(:chains)");
}
