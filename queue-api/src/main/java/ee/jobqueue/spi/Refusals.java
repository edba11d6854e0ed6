package ee.jobqueue.spi;

import ee.jobqueue.BlockerInUseException;
import ee.jobqueue.BlockerInUseException.Reference;
import ee.jobqueue.ChainId;
import ee.jobqueue.Job;
import ee.jobqueue.JobQueueException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * What becomes of a verb that cannot be applied to one of its chains. The store asks and tells under the locks, before it
 * writes anything. When a method returns, the verb goes on without that chain; when it throws, the verb ends with what was
 * thrown. Used by one thread.
 *
 * @since 0.1
 */
public interface Refusals {

    /** Ends the verb with the first refusal: all chains or none. */
    Refusals THROW = new Refusals() {
        @Override
        public void refuse(ChainId chain, JobQueueException reason) {
            throw reason;
        }

        @Override
        public void refuseInUse(Map<ChainId, List<Reference>> references) {
            throw new BlockerInUseException(references.values().stream()
                    .flatMap(Collection::stream)
                    .distinct()
                    .sorted(Comparator.comparing(
                                    (Reference reference) -> reference.blocker().value())
                            .thenComparing(reference -> reference.job().value()))
                    .toList());
        }
    };

    /**
     * The verb cannot be applied to a chain.
     *
     * @param chain the chain
     * @param reason why, with its data
     */
    void refuse(ChainId chain, JobQueueException reason);

    /**
     * Chains cannot be deleted, since jobs that stay still need them, or what would be deleted along with them.
     *
     * @param references for each such chain who needs what; none of the lists is empty
     */
    default void refuseInUse(Map<ChainId, List<Reference>> references) {
        references.forEach((chain, needed) -> refuse(chain, new BlockerInUseException(needed)));
    }

    /**
     * Whether a chain to which the verb can be applied is meant at all. Chains that are deleted along with others are not
     * asked about.
     *
     * @param lastJob the job at which it stands, read under its lock
     * @return whether it is; otherwise the verb goes on without it, and tells nothing more of it
     */
    default boolean isMeant(Job lastJob) {
        return true;
    }
}
