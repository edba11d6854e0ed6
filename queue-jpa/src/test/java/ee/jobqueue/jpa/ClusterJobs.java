package ee.jobqueue.jpa;

import ee.jobqueue.ChainStart;
import ee.jobqueue.JobType;

/** The job types of {@link Cluster}, which take turns in a chain, and of {@link DeadlockTest}. */
public final class ClusterJobs {

    private ClusterJobs() {}

    /**
     * Writes in the attempt's one transaction.
     *
     * @param number which chain
     * @param position its place in the chain
     */
    @JobType(value = "write-atomic", continuesWith = WriteStaged.class)
    public record WriteAtomic(int number, int position) implements ChainStart<String> {}

    /**
     * Writes in the transaction that finishes the attempt.
     *
     * @param number which chain
     * @param position its place in the chain
     */
    @JobType(value = "write-staged", continuesWith = WriteAtomic.class)
    public record WriteStaged(int number, int position) implements ChainStart<String> {}

    /**
     * Writes one of two rows first, and then the other.
     *
     * @param first which row, 1 or 2
     */
    @JobType("transfer")
    public record Transfer(int first) implements ChainStart<String> {}

    /** Runs until it is told to stop. */
    @JobType("wait")
    public record Wait() implements ChainStart<String> {}
}
