package ee.jobqueue.jpa;

import ee.jobqueue.Deduplication;
import ee.jobqueue.Status;
import ee.jobqueue.jpa.Starting.Draft;
import ee.jobqueue.spi.KeyHolders;
import ee.jobqueue.spi.StoredJob;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The deduplication keys of one call: locks their rows in order, and has {@link KeyHolders} say who holds them. The
 * chains are read by a statement of their own after the lock, so that a chain is seen whose transaction committed while
 * this one waited.
 */
final class Keys {

    private final SqlSession session;
    private final KeyHolders<Key, UUID> holders = new KeyHolders<>();
    /** The chain that holds the key of a job that is dropped. */
    private final Map<UUID, UUID> hits = new HashMap<>();

    Keys(SqlSession session) {
        this.session = session;
    }

    /** Locks the rows and decides which jobs are dropped. Replaces no holder yet: what follows may still be refused. */
    void judge(List<Draft> drafts) {
        List<Draft> keyed = drafts.stream()
                .filter(draft -> draft.job().deduplication() != null)
                .toList();
        SortedMap<Key, UUID> proposed = new TreeMap<>();
        keyed.forEach(draft -> proposed.putIfAbsent(key(draft), draft.id()));
        Map<Key, UUID> rows = lock(proposed);
        Set<UUID> before = new HashSet<>(rows.values());
        keyed.stream().filter(draft -> draft.job().id() == null).map(Draft::id).forEach(before::remove);
        stand(rows, before);
        for (Draft draft : keyed) {
            UUID holder = holders.start(key(draft), deduplication(draft), draft.id());
            if (holder != null) {
                hits.put(draft.id(), holder);
            }
        }
    }

    /**
     * Locks the rows of keys for chains that are to be opened again. A chain that stands in a row is read when another one
     * wants the key.
     *
     * @param keys the keys by their chains
     */
    void lockAgain(Map<UUID, Key> keys) {
        SortedMap<Key, UUID> proposed = new TreeMap<>();
        keys.forEach((chain, key) -> proposed.putIfAbsent(key, chain));
        Map<Key, UUID> rows = lock(proposed);
        Set<UUID> others = new HashSet<>();
        keys.forEach((chain, key) -> {
            if (!chain.equals(rows.get(key))) {
                others.add(rows.get(key));
            }
        });
        stand(rows, others);
    }

    /** {@link KeyHolders#reopen}: the chain has the key from {@link #replaceHolders} on. */
    @Nullable UUID reopen(Key key, UUID chain) {
        return holders.reopen(key, chain);
    }

    private Map<Key, UUID> lock(SortedMap<Key, UUID> proposed) {
        return proposed.isEmpty() ? Map.of() : session.dialect().lockKeys(session, proposed);
    }

    private void stand(Map<Key, UUID> rows, Set<UUID> unknown) {
        Map<UUID, KeyHolders.Holder> read = read(unknown);
        rows.forEach((key, chain) -> holders.stands(key, chain, read.get(chain)));
    }

    private Map<UUID, KeyHolders.Holder> read(Set<UUID> chains) {
        Map<UUID, KeyHolders.Holder> read = new HashMap<>();
        if (!chains.isEmpty()) {
            for (var row : session.statement(Statements.HOLDERS)
                    .set("chains", chains.toArray(UUID[]::new))
                    .jobsWith("ended", String.class)) {
                boolean isOver =
                        row.other() != null && Status.valueOf(row.other()).isOver();
                read.put(
                        Ids.of(row.stored().job().chainId()),
                        new KeyHolders.Holder(row.stored(), isOver, row.readAt()));
            }
        }
        return read;
    }

    /** Gives the rows whose chain no longer holds the key to the new chains. */
    void replaceHolders() {
        SortedMap<Key, UUID> replaced = holders.replaced();
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

    /** The last job of the chain that held the key of a job before this call. */
    StoredJob lastJob(Draft draft) {
        return holders.before(key(draft)).lastJob();
    }

    private static Key key(Draft draft) {
        return new Key(draft.job().type(), deduplication(draft).key());
    }

    private static Deduplication deduplication(Draft keyed) {
        return keyed.job().deduplication();
    }
}
