package ee.jobqueue.sample.intake;

/**
 * What became of an import. Immutable.
 *
 * @param orders how many orders were taken
 * @param repeated whether that had happened before, under the same key
 * @since 0.1
 */
public record ImportResult(int orders, boolean repeated) {}
