package ee.jobqueue.spi;

import java.util.Objects;

/**
 * What the finish of a job led to.
 *
 * @param chainOver whether its chain is over by it
 * @param resolved what became of those who waited for the chain; a continuation that its blockers end at once is among
 *     {@link Resolved#ended} itself
 * @since 0.1
 */
public record Finished(boolean chainOver, Resolved resolved) {

    /** The chain goes on. */
    public static final Finished CONTINUED = new Finished(false, Resolved.NONE);

    /** The chain is over, and nothing became of anybody by it. */
    public static final Finished OVER = new Finished(true, Resolved.NONE);

    /**
     * Refuses nulls.
     *
     * @param chainOver whether its chain is over by it
     * @param resolved what became of those who waited for the chain
     */
    public Finished {
        Objects.requireNonNull(resolved, "resolved");
    }
}
