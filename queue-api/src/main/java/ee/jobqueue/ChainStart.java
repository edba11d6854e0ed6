package ee.jobqueue;

/**
 * The input of a job that may start a chain; it may continue one as well.
 *
 * @param <O> what the chain yields
 * @since 0.1
 */
public interface ChainStart<O> extends ChainStep<O> {}
