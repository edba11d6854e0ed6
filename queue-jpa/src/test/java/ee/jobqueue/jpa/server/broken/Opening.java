package ee.jobqueue.jpa.server.broken;

import ee.jobqueue.ChainStart;
import ee.jobqueue.JobType;

/**
 * Goes on with a step that nobody processes.
 *
 * @param name anything
 */
@JobType(value = "opening", continuesWith = Lonely.class)
public record Opening(String name) implements ChainStart<String> {}
