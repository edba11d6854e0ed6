package ee.jobqueue.spi;

/**
 * What the renewal of a lease told.
 *
 * @param kept whether the lease was renewed; false when the worker is no longer known, because another one saw that its
 *     lease was over
 * @param othersOver whether another worker's lease is over, so that there may be something to reap
 * @since 0.1
 */
public record Renewal(boolean kept, boolean othersOver) {}
