package ee.jobqueue.chaos;

/**
 * What a nemesis may have cost a server. What it explains must not happen to the others.
 *
 * @since 0.1
 */
public enum Harm {
    /** Single attempts came to nothing; none of them counts as a failure. */
    ATTEMPTS,
    /** Its lease, and with it all its attempts, each of which counts as a failure. */
    LEASE
}
