package ee.jobqueue.spi;

import ee.jobqueue.Deduplication;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Who holds which deduplication key during one call: the one rule for all stores, both for chains that are started and for
 * chains that are opened again. A store locks the rows of the keys, in order, says by {@link #stands} which chain it found in
 * each, and asks for one chain after the other; nothing is written here. What {@link #replaced} answers in the end is to be
 * written to the rows.
 *
 * <p>Used once, by one thread.
 *
 * @param <K> a key within its chain type; its order is that of the locks
 * @param <C> a chain's id, as the store has it
 * @since 0.1
 */
public final class KeyHolders<K extends Comparable<K>, C> {

    private final Map<K, C> standing = new HashMap<>();
    private final Map<K, Holder> holders = new HashMap<>();
    /** Keys that a chain of this call has got. */
    private final Set<K> taken = new HashSet<>();

    private final SortedMap<K, C> replaced = new TreeMap<>();

    /**
     * A chain that was there before the call, and was started under the key in whose row it stands. A row can name another
     * one: it may have just been written for a chosen id that is a chain's already.
     *
     * @param lastJob the chain's last job
     * @param over whether the chain is over
     * @param readAt the store's time at which it was read
     * @since 0.1
     */
    public record Holder(StoredJob lastJob, boolean over, Instant readAt) {

        /**
         * Refuses nulls.
         *
         * @param lastJob the chain's last job
         * @param over whether the chain is over
         * @param readAt the store's time at which it was read
         */
        public Holder {
            Objects.requireNonNull(lastJob, "lastJob");
            Objects.requireNonNull(readAt, "readAt");
        }

        private boolean holds(Deduplication deduplication) {
            boolean inScope = deduplication.scope() == Deduplication.Scope.ANY || !over;
            boolean inWindow = deduplication.window() == null
                    || lastJob.job()
                            .chainStartedAt()
                            .plus(deduplication.window())
                            .isAfter(readAt);
            return inScope
                    && inWindow
                    && !deduplication.disregarded().contains(lastJob.job().chainId());
        }
    }

    /**
     * Says which chain stands in the row of a key, which is locked.
     *
     * @param key the key
     * @param chain the chain in its row, be it one that this call has just proposed
     * @param holder the chain as it was read under the lock; {@code null} when it is not there, or was not started under
     *     this key
     */
    public void stands(K key, C chain, @Nullable Holder holder) {
        standing.put(key, chain);
        if (holder != null) {
            holders.put(key, holder);
        }
    }

    /**
     * Gives a key to a chain that is to be started, unless another one holds it.
     *
     * @param key the key
     * @param deduplication which chains hold it
     * @param chain the chain
     * @return the chain that holds the key: one that was there before, or that has got it in this call; {@code null} when
     *     the new chain has got it
     */
    public @Nullable C start(K key, Deduplication deduplication, C chain) {
        Holder holder = holders.get(key);
        return give(key, chain, holder != null && holder.holds(deduplication));
    }

    /**
     * Gives a key back to a chain that is to be opened again, unless another one that is not over, or that has got it in
     * this call, holds it.
     *
     * @param key the key
     * @param chain the chain
     * @return the chain that holds the key; {@code null} when the chain has got it, or had it still
     */
    public @Nullable C reopen(K key, C chain) {
        if (chain.equals(standing.get(key))) {
            taken.add(key);
            return null;
        }
        Holder holder = holders.get(key);
        return give(key, chain, holder != null && !holder.over());
    }

    private @Nullable C give(K key, C chain, boolean isHeld) {
        C occupant = standing.get(key);
        if (isHeld || taken.contains(key)) {
            return occupant;
        }
        taken.add(key);
        if (!chain.equals(occupant)) {
            standing.put(key, chain);
            replaced.put(key, chain);
        }
        return null;
    }

    /**
     * The chain that stood in the row of a key before this call, and was started under it.
     *
     * @param key the key
     * @return the chain; {@code null} when there is none
     */
    public @Nullable Holder before(K key) {
        return holders.get(key);
    }

    /**
     * The rows that are to be given to other chains.
     *
     * @return the keys in their order, and the chains
     */
    public SortedMap<K, C> replaced() {
        return replaced;
    }
}
