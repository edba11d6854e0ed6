package ee.jobqueue.spi;

import ee.jobqueue.Blocker;
import ee.jobqueue.ChainId;
import ee.jobqueue.InvalidBlockerException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The chains for which a new job waits.
 *
 * @param inOrder the blockers in the order in which their outputs are read; no chain twice
 * @param allowedTypes the names of the types of which the chains may be
 * @since 0.1
 */
public record Blockers(List<Blocker> inOrder, Set<String> allowedTypes) {

    /** Waits for nothing. */
    public static final Blockers NONE = new Blockers(List.of(), Set.of());

    /**
     * Refuses a chain that is named twice.
     *
     * @param inOrder the blockers in the order in which their outputs are read
     * @param allowedTypes the names of the types of which the chains may be
     * @throws InvalidBlockerException when one is
     */
    public Blockers {
        Set<ChainId> seen = new HashSet<>();
        for (Blocker blocker : inOrder) {
            if (!seen.add(blocker.chain())) {
                throw new InvalidBlockerException(InvalidBlockerException.Problem.DUPLICATE, blocker.chain());
            }
        }
        inOrder = List.copyOf(inOrder);
        allowedTypes = Set.copyOf(allowedTypes);
    }

    /**
     * The chains, whatever becomes of the job when they fail.
     *
     * @return the chains in the same order
     */
    public List<ChainId> chains() {
        return inOrder.stream().map(Blocker::chain).toList();
    }

    /**
     * Whether there is nothing to wait for.
     *
     * @return whether no chain is named
     */
    public boolean isEmpty() {
        return inOrder.isEmpty();
    }
}
