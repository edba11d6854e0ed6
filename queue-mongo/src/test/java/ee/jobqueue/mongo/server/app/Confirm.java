package ee.jobqueue.mongo.server.app;

import ee.jobqueue.ChainStep;
import ee.jobqueue.JobType;

/**
 * Confirms a booking.
 *
 * @param name whose
 */
@JobType("confirm")
public record Confirm(String name) implements ChainStep<String> {}
