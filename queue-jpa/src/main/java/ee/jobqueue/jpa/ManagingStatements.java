package ee.jobqueue.jpa;

import static ee.jobqueue.jpa.Sql.changingJobs;
import static ee.jobqueue.jpa.Sql.of;

/** The statements of managing, as {@link Statements} are those of jobs. What they change is locked. */
final class ManagingStatements {

    private ManagingStatements() {}

    /** Locks chains' rows in id order, by primary key, and tells whether anyone waits for them. */
    static final Sql LOCK_CHAINS = of("""
            SELECT chain.id, chain.awaited FROM jobqueue_job chain WHERE chain.id = ANY(:chains) AND chain.chain_position = 0
            ORDER BY chain.id FOR UPDATE
            """);

    /**
     * Locks the jobs of chains that are the last ones when the lock is got, in id order, by chain; none of a chain that was
     * continued meanwhile.
     */
    static final Sql LOCK_LAST_JOBS = of("""
            SELECT job.*, {now} AS read_at FROM jobqueue_job job
            WHERE job.chain_id = ANY(:chains) AND job.continued = FALSE ORDER BY job.id FOR UPDATE
            """);

    /** Cancels last jobs, and notes it on their chains' rows, which are among the jobs, by primary key. */
    static final Sql CANCEL = changingJobs("""
            UPDATE jobqueue_job SET
                chain_status = CASE WHEN chain_position = 0 THEN 'CANCELLED' ELSE chain_status END,
                status = CASE WHEN continued THEN status ELSE 'CANCELLED' END,
                ended_at = CASE WHEN continued THEN ended_at ELSE {now} END,
                conflicts = CASE WHEN continued THEN conflicts ELSE 0 END
            WHERE id = ANY(:jobs)
            """);

    /** Reads the last job of a chain, and the chain's key, by primary key and chain. Both change by others until locked. */
    static final Sql READ_KEY = of("""
            SELECT job.*, chain.deduplication_key AS held_key, {now} AS read_at FROM jobqueue_job chain
            JOIN jobqueue_job job ON job.chain_id = chain.id AND job.continued = FALSE
            WHERE chain.id = :chain AND chain.chain_position = 0
            """);

    /** Reads for which chains a job waits, by the primary key of the blockers. They never change. */
    static final Sql BLOCKERS_OF =
            of("SELECT chain_id, on_failure FROM jobqueue_blocker WHERE job_id = :job ORDER BY position");

    /** Opens chains again at their last jobs, which are due at once unless they are blocked, by primary key. */
    static final Sql RETRY = changingJobs("""
            UPDATE jobqueue_job SET
                chain_status = NULL,
                status = CASE WHEN continued THEN status ELSE :status END,
                scheduled_at = CASE WHEN continued THEN scheduled_at ELSE {now} END,
                ended_at = CASE WHEN continued THEN ended_at ELSE NULL END,
                failures = CASE WHEN continued THEN failures ELSE 0 END,
                conflicts = CASE WHEN continued THEN conflicts ELSE 0 END
            WHERE id = ANY(:jobs)
            """);

    /** Makes pending jobs due at once, by primary key; one that is due keeps its place in the line. */
    static final Sql TRIGGER =
            changingJobs("UPDATE jobqueue_job SET scheduled_at = LEAST(scheduled_at, {now}) WHERE id = ANY(:jobs)");

    /** Gives pending jobs another schedule, by primary key. */
    static final Sql RESCHEDULE = changingJobs("UPDATE jobqueue_job SET scheduled_at = {due} WHERE id = ANY(:jobs)");

    /** Gives pending jobs another priority, by primary key. */
    static final Sql PRIORITIZE = changingJobs("UPDATE jobqueue_job SET priority = :priority WHERE id = ANY(:jobs)");
}
