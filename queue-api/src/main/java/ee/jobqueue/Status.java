package ee.jobqueue;

/**
 * Where a job stands; a chain stands where its last job does.
 *
 * <p>Which change is allowed, and by whom, is declared in {@link ee.jobqueue.spi.Transition}.
 *
 * @since 0.1
 */
public enum Status {
    /** Waits for other chains. */
    BLOCKED,
    /** Waits for its time ({@link Job#scheduled()}) or for a free slot. */
    PENDING,
    /** Owned by an attempt of a worker whose lease is kept. */
    RUNNING,
    /** Done; a completed chain has its output. */
    COMPLETED,
    /** Its attempts are used up, a processor said so, or a blocker of it failed. Kept, with its last error. */
    FAILED,
    /** Called off, by somebody or with a chain for which it waited. */
    CANCELLED;

    /**
     * Whether nothing happens any more by itself.
     *
     * @return true for {@link #COMPLETED}, {@link #FAILED} and {@link #CANCELLED}
     */
    public boolean isOver() {
        return this == COMPLETED || this == FAILED || this == CANCELLED;
    }
}
