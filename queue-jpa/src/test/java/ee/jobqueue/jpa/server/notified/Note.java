package ee.jobqueue.jpa.server.notified;

import ee.jobqueue.ChainStart;
import ee.jobqueue.JobType;

/**
 * Yields its text.
 *
 * @param text any
 */
@JobType("note")
public record Note(String text) implements ChainStart<String> {}
