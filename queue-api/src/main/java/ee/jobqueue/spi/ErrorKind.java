package ee.jobqueue.spi;

/**
 * What an error of a database means for the work that met it; stores list their databases' errors by it. Where several errors
 * are chained, the first of these kinds counts.
 *
 * @since 0.1
 */
public enum ErrorKind {
    /** The database does not answer, or cannot write now: to be tried again, but later, and for longer. */
    OUTAGE,

    /** Another transaction was in the way: the same work may succeed at once. */
    CONFLICT,

    /** A limit of time has passed, for a lock or a statement: to be tried again as after a conflict. */
    TIMEOUT,

    /**
     * The same work fails again until somebody mends it: a wrong password, a missing database or permission, data that do not
     * fit.
     */
    PERMANENT;

    /**
     * Whether the same work may succeed in a new transaction.
     *
     * @return what {@link JobStore#isTransient} answers
     */
    public boolean isTransient() {
        return this != PERMANENT;
    }

    /**
     * Whether the database does not answer.
     *
     * @return what {@link JobStore#isOutage} answers
     */
    public boolean isOutage() {
        return this == OUTAGE;
    }
}
