package ee.jobqueue.sample.intake;

/**
 * A row that cannot be imported. Immutable.
 *
 * @param line where it is in the file, from 1
 * @param reason what is wrong with it
 * @since 0.1
 */
public record BadRow(int line, String reason) {}
