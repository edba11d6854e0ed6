package ee.jobqueue.conformance;

import ee.jobqueue.ChainStart;
import ee.jobqueue.ChainStep;
import ee.jobqueue.JobType;

/** The job types of the engine's contracts. */
public final class EngineJobs {

    private EngineJobs() {}

    /**
     * One job, one output.
     *
     * @param name what the processor is told
     */
    @JobType("work")
    public record Work(String name) implements ChainStart<String> {}

    /**
     * Starts a chain of several jobs.
     *
     * @param count how many jobs the chain has
     */
    @JobType(value = "first", continuesWith = Next.class)
    public record First(int count) implements ChainStart<String> {}

    /**
     * Goes on with itself, until the count is reached.
     *
     * @param position its place in the chain
     * @param count how many jobs the chain has
     */
    @JobType(value = "next", continuesWith = Next.class)
    public record Next(int position, int count) implements ChainStep<String> {}

    /**
     * Waits for chains of {@link Work}.
     *
     * @param name what the processor is told
     */
    @JobType(value = "join", blockedBy = Work.class)
    public record Join(String name) implements ChainStart<String> {}

    /**
     * Completed without a worker.
     *
     * @param name what the decision is about
     */
    @JobType(value = "decide", continuesWith = Next.class, external = true)
    public record Decide(String name) implements ChainStart<String> {}
}
