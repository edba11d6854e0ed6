package ee.jobqueue.engine;

import ee.jobqueue.Outcome;
import ee.jobqueue.StagedAttempt;
import org.jspecify.annotations.Nullable;

/**
 * Reaches the processor of a job type. A port: a CDI bean on a server. Safe for use by several threads.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface ProcessorHandle {

    /** A processor that is ready for one attempt. */
    @FunctionalInterface
    interface Processor {

        /**
         * Calls it.
         *
         * @param input the job's input
         * @param attempt the attempt
         * @return what it returned; {@code null} when it returned nothing
         * @throws Exception what it threw
         */
        @Nullable Outcome<?> execute(Object input, StagedAttempt attempt) throws Exception;
    }

    /** An attempt, from before its processor is called until after it is finished. */
    @FunctionalInterface
    interface Body {

        /**
         * Makes the attempt.
         *
         * @param processor the processor
         */
        void run(Processor processor);
    }

    /**
     * Makes ready what an attempt lives in, runs it, and clears away: last writes that a processor left for the finish still
     * find the processor and its contexts.
     *
     * @param body the attempt; run once
     * @throws Exception when the processor could not be made ready, or not be cleared away
     */
    void during(Body body) throws Exception;

    /**
     * A processor that is always ready.
     *
     * @param processor the processor
     * @return its handle
     */
    static ProcessorHandle of(Processor processor) {
        return body -> body.run(processor);
    }
}
