package ee.jobqueue.conformance;

/**
 * A way in which a store may differ. Each has its own test, so that a difference is asserted and never skipped.
 *
 * @since 0.1
 */
public enum Trait {
    /** One writer at a time: a writing transaction waits for the other instead of working beside it. */
    SINGLE_WRITER,

    /**
     * A writer that meets what another transaction has written does not wait for its end: it gets a transient error at once,
     * and its transaction is over.
     */
    CONFLICTS_AT_ONCE,

    /**
     * Acquiring, giving back, leases, reaping, the sweep and deletion by age act at once and outside of transactions: what they did stays
     * when the caller's transaction is rolled back.
     */
    ACTS_AT_ONCE,

    /**
     * A job that goes on waiting takes note of a blocker that ended right after that one's transaction has committed, and not
     * in it. So of two last blockers that end at once neither unblocks the job in its transaction, but the second right after;
     * the sweep does it when that is lost.
     */
    UNBLOCKS_AFTER_COMMIT,

    /**
     * There are no transactions of several documents: the store refuses to be part of one that the application began, each
     * change is for good at once, and only what is one change holds or does not.
     */
    NO_TRANSACTIONS
}
