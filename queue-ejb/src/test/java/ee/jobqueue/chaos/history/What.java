package ee.jobqueue.chaos.history;

/**
 * What happened, with the names of its details.
 *
 * @since 0.1
 */
public enum What {
    /** A process runs jobs from now on. */
    UP,
    /** It was asked to stop in order, and begins to. */
    STOPPING,
    /** It has stopped in order. */
    STOPPED,
    /** It did not run, or the database did not answer, though nobody had disturbed it: {@code millis}. */
    STALLED,
    /** The process is known as a {@code worker} from now on, and has a lease as soon as it has renewed it. */
    REGISTERED,
    /** Its lease was renewed, and it waited so many milliseconds for a {@code thread} and so on. */
    RENEWED,
    /** Its lease was over: others have forgotten the worker. */
    LEASE_REFUSED,
    /** A caller is about to start a chain under a {@code key}. */
    STARTING,
    /** It has: {@code key}, {@code chain}, and whether it was a {@code hit}. */
    STARTED,
    /** A caller has started {@code chain} under a {@code key} and rolled it back. */
    ROLLED_BACK,
    /** A start has failed with an {@code error}, before or after it was committed: {@code key}. */
    IN_DOUBT,
    /** A caller starts no more, and knows how each of its starts ended. */
    IDLE,
    /** An {@code attempt} of a {@code job} of a {@code chain} began: {@code key}, {@code type}. */
    BEGUN,
    /** Its processor saw the {@code reason} why it is not wanted any more. */
    TOLD,
    /** Its processor has returned. */
    RETURNED,
    /** It ended, as listeners were told: {@code end}, {@code error}. */
    ENDED,
    /** The queue has written a line to the log: {@code level}, {@code line}. */
    LOGGED,
    /** A nemesis has done something: {@code deed}. */
    STRUCK,
    /** A nemesis has disturbed the process {@code member}, which explains {@code harm}. */
    TOUCHED,
    /** A nemesis has called off a {@code chain}. */
    CANCELLED,
    /** Nothing is disturbed any more. */
    HEALED
}
