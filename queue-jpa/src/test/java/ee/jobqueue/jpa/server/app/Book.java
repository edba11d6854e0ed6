package ee.jobqueue.jpa.server.app;

import ee.jobqueue.ChainStart;
import ee.jobqueue.JobType;

/**
 * Writes a booking.
 *
 * @param name whose
 * @param failFirst whether the first attempt fails after its writes
 */
@JobType(value = "book", continuesWith = Confirm.class)
public record Book(String name, boolean failFirst) implements ChainStart<String> {}
