package ee.jobqueue;

/**
 * The priorities of jobs: from 0 to 9, the higher first, as in Jakarta Messaging. They order the jobs of one type only; types
 * take turns whatever the priorities of their jobs.
 *
 * @since 0.1
 */
public final class Priority {

    /** Runs when no job of the same type with another priority is due. */
    public static final int LOWEST = 0;

    /** Of a chain that is started without one. */
    public static final int DEFAULT = 4;

    /** Runs before all others of the same type that are due. */
    public static final int HIGHEST = 9;

    private Priority() {}

    /**
     * Refuses what is no priority.
     *
     * @param priority the number
     * @return the same number
     * @throws IllegalArgumentException when it is not from 0 to 9
     */
    public static int require(int priority) {
        if (priority < LOWEST || priority > HIGHEST) {
            throw new IllegalArgumentException("a priority is from 0 to 9, this one is " + priority);
        }
        return priority;
    }
}
