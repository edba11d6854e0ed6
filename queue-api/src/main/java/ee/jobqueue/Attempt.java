package ee.jobqueue;

import java.util.List;
import java.util.Optional;

/**
 * What a processor knows of the attempt it is making. Safe for use by several threads; valid until the processor
 * returns.
 *
 * @since 0.1
 */
public interface Attempt {

    /**
     * The job as it was acquired.
     *
     * @return the job, {@link Status#RUNNING}
     */
    Job job();

    /**
     * The number of this attempt. It only ever grows and is part of the fence.
     *
     * @return 1 for the first attempt
     */
    default int number() {
        return job().attempt();
    }

    /**
     * The error of the last attempt that failed.
     *
     * @return its class, message and stack trace, at most 10,000 characters; empty when none failed yet
     */
    default Optional<String> previousError() {
        return Optional.ofNullable(job().lastError());
    }

    /**
     * A key for calls to the outside world that is the same in every attempt of this job.
     *
     * @return the job's id
     */
    default String idempotencyKey() {
        return job().id().value();
    }

    /**
     * The chains for which this job waited.
     *
     * @return their ids in the declared order; empty when it waited for none
     */
    List<ChainId> blockers();

    /**
     * The output of a chain for which this job waited.
     *
     * @param <O> what that chain yields
     * @param index its place in the declared order, from 0
     * @param type the type that started it
     * @return its output; {@code null} only for a chain that yields {@link Void}
     * @throws IndexOutOfBoundsException when the job did not wait for so many chains
     * @throws ChainFailedException when the chain did not complete and its option is {@link OnFailure#RUN}
     * @throws TypeMismatchException when the chain is of another type
     * @throws InvalidPayloadException when the stored output cannot be read as {@code O}
     */
    <O> O blockerOutput(int index, Class<? extends ChainStart<O>> type);

    /**
     * Whether and why the work of this attempt is no longer wanted. A processor that runs for long asks now and then and
     * returns early. Once this has answered with any reason but {@link CancellationReason#WORKER_STOPPING}, no transaction of
     * the attempt commits any more: what it returns is dropped, what it throws is not recorded, and each {@link
     * CancellationReason} says what becomes of the job.
     *
     * @return the reason, the first there was; after {@link CancellationReason#WORKER_STOPPING} another one may follow. Empty
     *     while the attempt is wanted
     */
    Optional<CancellationReason> cancellation();
}
