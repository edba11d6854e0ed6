package ee.jobqueue;

/**
 * Thrown when a job may not wait for a chain that was named as its blocker. Nothing was written.
 *
 * @since 0.1
 */
public final class InvalidBlockerException extends JobQueueException {

    private static final long serialVersionUID = 1L;

    private final Problem problem;
    private final ChainId blocker;

    /**
     * Makes the error.
     *
     * @param problem what is wrong
     * @param blocker the chain that was named
     */
    public InvalidBlockerException(Problem problem, ChainId blocker) {
        super("blocker " + blocker + " is refused: " + problem.rule);
        this.problem = problem;
        this.blocker = blocker;
    }

    /**
     * What is wrong.
     *
     * @return what is wrong
     */
    public Problem problem() {
        return problem;
    }

    /**
     * The chain that was named.
     *
     * @return the chain that was named
     */
    public ChainId blocker() {
        return blocker;
    }

    /** Why a blocker is refused. */
    public enum Problem {
        /** The chain is not in the store. */
        UNKNOWN("there is no such chain"),
        /** The chain is named twice. */
        DUPLICATE("it is named twice"),
        /** The chain is of a type that the job type does not declare. */
        UNDECLARED("its type is not among those that the job type declares in @JobType(blockedBy)"),
        /** The chain waits, itself or through others, for the chain of this job. */
        CYCLE("it waits for this chain itself, directly or through others");

        private final String rule;

        Problem(String rule) {
            this.rule = rule;
        }
    }
}
