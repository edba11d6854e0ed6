package ee.jobqueue.jpa;

import ee.jobqueue.Deduplication;
import ee.jobqueue.Status;
import ee.jobqueue.jpa.Starting.Draft;
import ee.jobqueue.spi.StoredJob;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The deduplication keys of one call: locks their rows in order, then judges job by job whether the chain in the row
 * holds the key. The chains are read by a statement of their own after the lock, so that a chain is seen whose
 * transaction committed while this one waited.
 */
final class Keys {

    private final SqlSession session;
    /** The chains that stood in the rows before this call; one that is gone is missing. */
    private final Map<UUID, Holder> holders = new HashMap<>();
    /** The chain that holds the key of a job that is dropped. */
    private final Map<UUID, UUID> hits = new HashMap<>();
    /** The chains in the rows of {@link #lock}, as they are or will be. */
    private final Map<Key, UUID> standing = new HashMap<>();
    /** Keys that were given back to a chain. */
    private final Set<Key> reclaimed = new HashSet<>();
    /** Rows to be given to another chain. */
    private final SortedMap<Key, UUID> replaced = new TreeMap<>();

    Keys(SqlSession session) {
        this.session = session;
    }

    /** Locks the rows and decides which jobs are dropped. Replaces no holder yet: what follows may still be refused. */
    void judge(List<Draft> drafts) {
        SortedMap<Key, UUID> proposed = new TreeMap<>();
        drafts.stream()
                .filter(draft -> draft.job().deduplication() != null)
                .forEach(draft -> proposed.putIfAbsent(key(draft, draft.job().deduplication()), draft.id()));
        if (proposed.isEmpty()) {
            return;
        }
        Map<Key, UUID> rows = new HashMap<>(session.dialect().lockKeys(session, proposed));
        Set<UUID> own = drafts.stream().map(Draft::id).collect(Collectors.toSet());
        Set<UUID> given = drafts.stream()
                .filter(draft -> draft.job().id() == null)
                .map(Draft::id)
                .collect(Collectors.toSet());
        readHolders(
                rows.values().stream().filter(chain -> !given.contains(chain)).toArray(UUID[]::new));
        for (Draft draft : drafts) {
            Deduplication deduplication = draft.job().deduplication();
            if (deduplication != null) {
                judge(draft.id(), key(draft, deduplication), deduplication, rows, own);
            }
        }
    }

    /**
     * Locks the rows of keys for chains that are to be opened again, and reads who stands in them.
     *
     * @param keys the keys by their chains
     */
    void lock(Map<UUID, Key> keys) {
        SortedMap<Key, UUID> proposed = new TreeMap<>();
        keys.forEach((chain, key) -> proposed.putIfAbsent(key, chain));
        if (proposed.isEmpty()) {
            return;
        }
        standing.putAll(session.dialect().lockKeys(session, proposed));
        readHolders(keys.entrySet().stream()
                .filter(wanted -> !wanted.getKey().equals(standing.get(wanted.getValue())))
                .map(wanted -> standing.get(wanted.getValue()))
                .distinct()
                .toArray(UUID[]::new));
    }

    /**
     * Gives a key, whose row is locked, to a chain that is to be opened again, from {@link #replaceHolders} on.
     *
     * @return another chain, which is not over or was given the key before, and keeps it; {@code null} when there is none
     */
    @Nullable UUID reclaim(Key key, UUID chain) {
        UUID holder = standing.get(key);
        boolean isOpen = reclaimed.contains(key)
                || (holders.containsKey(holder) && !holders.get(holder).isOver());
        if (isOpen && !chain.equals(holder)) {
            return holder;
        }
        reclaimed.add(key);
        if (!chain.equals(holder)) {
            standing.put(key, chain);
            replaced.put(key, chain);
        }
        return null;
    }

    private void judge(UUID chain, Key key, Deduplication deduplication, Map<Key, UUID> rows, Set<UUID> own) {
        UUID standing = rows.get(key);
        Holder holder = holders.get(standing);
        if (chain.equals(standing) && holder == null) {
            return;
        }
        if (holder == null ? own.contains(standing) : holder.holds(deduplication)) {
            hits.put(chain, standing);
        } else {
            rows.put(key, chain);
            replaced.put(key, chain);
        }
    }

    private void readHolders(UUID[] chains) {
        if (chains.length > 0) {
            session.statement(Statements.HOLDERS).set("chains", chains).jobsWith("ended", String.class).stream()
                    .map(row -> new Holder(row.stored(), row.readAt(), row.other()))
                    .forEach(holder -> holders.put(Ids.of(holder.lastJob().job().chainId()), holder));
        }
    }

    /** Gives the rows whose chain no longer holds the key to the new chains. */
    void replaceHolders() {
        for (List<Key> batch : Starting.batches(new ArrayList<>(replaced.keySet()))) {
            session.statement(session.dialect().replaceHolders())
                    .set("types", batch.stream().map(Key::chainType).toArray(String[]::new))
                    .set("keys", batch.stream().map(Key::key).toArray(String[]::new))
                    .set("chains", batch.stream().map(replaced::get).toArray(UUID[]::new))
                    .update();
        }
    }

    /** The chain that holds the key of a job; {@code null} when the job is to be written. */
    @Nullable UUID hit(Draft draft) {
        return hits.get(draft.id());
    }

    /** The last job of a chain that held a key before this call. */
    StoredJob lastJob(UUID chain) {
        return holders.get(chain).lastJob();
    }

    private static Key key(Draft draft, Deduplication deduplication) {
        return new Key(draft.job().type(), deduplication.key());
    }

    private record Holder(
            StoredJob lastJob, Instant readAt, @Nullable String ended) {

        boolean holds(Deduplication deduplication) {
            boolean inScope = deduplication.scope() == Deduplication.Scope.ANY || !isOver();
            boolean inWindow = deduplication.window() == null
                    || lastJob.job()
                            .chainStartedAt()
                            .plus(deduplication.window())
                            .isAfter(readAt);
            return inScope
                    && inWindow
                    && !deduplication.disregarded().contains(lastJob.job().chainId());
        }

        private boolean isOver() {
            return ended != null && Status.valueOf(ended).isOver();
        }
    }
}
