package ee.jobqueue.mongo;

/** The names of the documents' fields, each in one place. Those of a job are those of {@link ee.jobqueue.Job}. */
final class Fields {

    private Fields() {}

    static final String ID = "_id";

    // ---- a job; the last one of a chain tells whether and how the chain is over ----

    static final String CHAIN_ID = "chainId";
    static final String CHAIN_TYPE = "chainType";
    static final String CHAIN_STARTED_AT = "chainStartedAt";
    static final String POSITION = "position";
    /** Whether a next job of the chain was written: exactly one job of each chain is not continued. */
    static final String CONTINUED = "continued";
    /** Whether somebody waits for the chain; handed on from job to job. */
    static final String AWAITED = "awaited";
    /** The key of the chain, handed on from job to job; missing when it has none. */
    static final String DEDUPLICATION_KEY = "deduplicationKey";

    static final String TYPE = "type";
    static final String STATUS = "status";
    static final String PRIORITY = "priority";
    static final String INPUT = "input";
    static final String OUTPUT = "output";
    static final String ATTEMPT = "attempt";
    static final String FAILURES = "failures";
    static final String CONFLICTS = "conflicts";
    static final String WORKER = "worker";
    static final String LAST_ERROR = "lastError";
    static final String CREATED_AT = "createdAt";
    static final String SCHEDULED_AT = "scheduledAt";
    static final String ACQUIRED_AT = "acquiredAt";
    static final String ENDED_AT = "endedAt";
    /** Whether the job has blockers, over or not; stays when they are deleted. */
    static final String BLOCKED = "blocked";
    /** The blockers in their declared order, each a document with {@link #CHAIN} and {@link #ON_FAILURE}. */
    static final String BLOCKERS = "blockers";
    /** The chains among the blockers that are not known to be settled; a set. */
    static final String OPEN_BLOCKERS = "openBlockers";
    /** The last change that was made only to be one, as a lock is, or by which a change of many documents is known. */
    static final String MARK = "mark";

    // ---- a blocker, and a deduplication key ----

    static final String CHAIN = "chain";
    static final String CHAIN_OF_BLOCKER = BLOCKERS + "." + CHAIN;
    static final String ON_FAILURE = "onFailure";
    static final String KEY = "key";

    // ---- a worker ----

    static final String NAME = "name";
    static final String TYPES = "types";
    static final String CONCURRENCY = "concurrency";
    static final String STARTED_AT = "startedAt";
    static final String LEASE_UNTIL = "leaseUntil";

    // ---- the sweep, and migrations ----

    static final String NEXT_AT = "nextAt";
    static final String APPLIED_AT = "appliedAt";

    /** The server's time when a document was read; not stored. */
    static final String READ_AT = "readAt";

    /** The value of a field in an expression. */
    static String value(String field) {
        return "$" + field;
    }
}
