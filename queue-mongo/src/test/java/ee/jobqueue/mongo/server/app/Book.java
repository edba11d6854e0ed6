package ee.jobqueue.mongo.server.app;

import ee.jobqueue.ChainStart;
import ee.jobqueue.JobType;

/**
 * Writes a booking.
 *
 * @param name whose
 * @param first what becomes of the first attempt, after its writes
 */
@JobType(value = "book", continuesWith = Confirm.class)
public record Book(String name, First first) implements ChainStart<String> {

    /** The end of a first attempt. */
    public enum First {
        SUCCEEDS,
        /** It throws. */
        FAILS,
        /** MongoDB refuses its commit, for now. */
        IS_REFUSED
    }
}
