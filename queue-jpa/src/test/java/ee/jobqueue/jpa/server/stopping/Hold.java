package ee.jobqueue.jpa.server.stopping;

import ee.jobqueue.ChainStart;
import ee.jobqueue.JobType;

/**
 * Runs until nobody holds a lock of the database.
 *
 * @param gate the advisory lock's number
 */
@JobType("hold")
public record Hold(long gate) implements ChainStart<String> {}
