package ee.jobqueue.chaos.member;

import ee.jobqueue.ChainStart;
import ee.jobqueue.ChainStep;
import ee.jobqueue.JobType;

/**
 * The job types of the chaos rounds. Each job has one effect, a row of the business, in the transaction that finishes
 * it.
 *
 * @since 0.1
 */
public final class ChaosJobs {

    /** The name of {@link Fragile}. */
    public static final String FRAGILE = "fragile";

    private ChaosJobs() {}

    /**
     * Starts a chain of three: short, and atomic.
     *
     * @param key the chain's key
     */
    @JobType(value = "reserve", continuesWith = Charge.class)
    public record Reserve(String key) implements ChainStart<String> {}

    /**
     * The second of three: takes its time, and is staged.
     *
     * @param key the chain's key
     * @param millis how long it takes
     */
    @JobType(value = "charge", continuesWith = Ship.class)
    public record Charge(String key, int millis) implements ChainStep<String> {}

    /**
     * The last of three: short, and atomic. Yields the key.
     *
     * @param key the chain's key
     */
    @JobType("ship")
    public record Ship(String key) implements ChainStep<String> {}

    /**
     * Waits for chains of {@link Reserve}, and sees what they yield.
     *
     * @param key the chain's key
     * @param chains for how many
     */
    @JobType(value = "gather", blockedBy = Reserve.class)
    public record Gather(String key, int chains) implements ChainStart<String> {}

    /**
     * Has one attempt only: takes its time, and is staged.
     *
     * @param key the chain's key
     * @param millis how long it takes
     */
    @JobType(FRAGILE)
    public record Fragile(String key, int millis) implements ChainStart<String> {}

    /**
     * Waits for a chain of {@link Fragile}, whose failure is its own, or which it survives.
     *
     * @param key the chain's key
     */
    @JobType(value = "follow", blockedBy = Fragile.class)
    public record Follow(String key) implements ChainStart<String> {}
}
