package ee.jobqueue.spi;

import java.util.Objects;

/**
 * A worker that has a lease, as it was when it was read.
 *
 * @param id its id
 * @param told what it told of itself
 * @param running how many jobs run under it
 * @since 0.1
 */
public record KnownWorker(WorkerId id, NewWorker told, int running) {

    /**
     * Refuses nulls.
     *
     * @param id its id
     * @param told what it told of itself
     * @param running how many jobs run under it
     */
    public KnownWorker {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(told, "told");
    }
}
