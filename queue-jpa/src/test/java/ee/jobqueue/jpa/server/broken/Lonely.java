package ee.jobqueue.jpa.server.broken;

import ee.jobqueue.ChainStep;
import ee.jobqueue.JobType;

/**
 * A step that nobody processes.
 *
 * @param name anything
 */
@JobType("lonely")
public record Lonely(String name) implements ChainStep<String> {}
