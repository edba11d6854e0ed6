package ee.jobqueue;

/**
 * What is deleted along with a chain.
 *
 * @since 0.1
 */
public enum Cascade {
    /** Nothing: only the chains that are named. */
    NONE,
    /** The blockers of every job of a chain, not only of its first one, and theirs in turn. */
    BLOCKERS
}
