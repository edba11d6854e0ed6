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
     * Acquiring, leases, reaping, the sweep and deletion by age act at once and outside of transactions: what they did stays
     * when the caller's transaction is rolled back.
     */
    ACTS_AT_ONCE,

    /**
     * Jobs are unblocked right after the transaction in which their last blocker was completed has committed, and not in it;
     * by the sweep when that is lost.
     */
    UNBLOCKS_AFTER_COMMIT
}
