package ee.jobqueue.spi;

import ee.jobqueue.ChainId;
import ee.jobqueue.InvalidBlockerException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The chains for which a new job waits.
 *
 * @param chains the chains in the order in which their outputs are read; none twice
 * @param allowedTypes the names of the types of which they may be
 * @since 0.1
 */
public record Blockers(List<ChainId> chains, Set<String> allowedTypes) {

    /** Waits for nothing. */
    public static final Blockers NONE = new Blockers(List.of(), Set.of());

    /**
     * Refuses a chain that is named twice.
     *
     * @param chains the chains in the order in which their outputs are read
     * @param allowedTypes the names of the types of which they may be
     * @throws InvalidBlockerException when one is
     */
    public Blockers {
        Set<ChainId> seen = new HashSet<>();
        for (ChainId chain : chains) {
            if (!seen.add(chain)) {
                throw new InvalidBlockerException(InvalidBlockerException.Problem.DUPLICATE, chain);
            }
        }
        chains = List.copyOf(chains);
        allowedTypes = Set.copyOf(allowedTypes);
    }

    /**
     * Whether there is nothing to wait for.
     *
     * @return whether no chain is named
     */
    public boolean isEmpty() {
        return chains.isEmpty();
    }
}
