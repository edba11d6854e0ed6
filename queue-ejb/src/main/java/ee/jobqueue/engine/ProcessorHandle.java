package ee.jobqueue.engine;

import ee.jobqueue.Outcome;
import ee.jobqueue.StagedAttempt;
import org.jspecify.annotations.Nullable;

/**
 * Reaches the processor of a job type for one attempt at a time. A port: a CDI bean on a server. Safe for use by several
 * threads.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface ProcessorHandle {

    /**
     * Calls the processor.
     *
     * @param input the job's input
     * @param attempt the attempt
     * @return what the processor returned; {@code null} when it returned nothing
     * @throws Exception what the processor threw
     */
    @Nullable Outcome<?> execute(Object input, StagedAttempt attempt) throws Exception;
}
