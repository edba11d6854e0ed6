package ee.jobqueue.jpa;

import jakarta.persistence.Tuple;
import java.util.Comparator;
import java.util.Map;

/**
 * A deduplication key. Its order is that in which the rows of keys are locked, the same on every server and whatever
 * the database's collation.
 *
 * @param chainType the type of the chains that share the key's name space
 * @param key the key
 */
record Key(String chainType, String key) implements Comparable<Key> {

    /** The columns of a key. */
    static final Map<String, Class<?>> COLUMNS = Map.of("chain_type", String.class, "deduplication_key", String.class);

    private static final Comparator<Key> LOCK_ORDER =
            Comparator.comparing(Key::chainType).thenComparing(Key::key);

    static Key of(Tuple row) {
        return new Key(row.get("chain_type", String.class), row.get("deduplication_key", String.class));
    }

    @Override
    public int compareTo(Key other) {
        return LOCK_ORDER.compare(this, other);
    }
}
