package ee.jobqueue;

import java.util.Objects;

/**
 * One chain of a {@link JobQueue#startAll} call. Immutable.
 *
 * @param <O> what the chain yields
 * @param input the first job's input
 * @param options how the chain is started
 * @since 0.1
 */
public record StartRequest<O>(ChainStart<O> input, StartOptions options) {

    /**
     * Refuses nulls.
     *
     * @param input the first job's input
     * @param options how the chain is started
     */
    public StartRequest {
        Objects.requireNonNull(input, "input");
        Objects.requireNonNull(options, "options");
    }

    /**
     * A chain that is due at once.
     *
     * @param <O> what the chain yields
     * @param input the first job's input
     * @return the request
     */
    public static <O> StartRequest<O> of(ChainStart<O> input) {
        return new StartRequest<>(input, StartOptions.NONE);
    }
}
