package ee.jobqueue.jpa;

import java.util.Comparator;

/**
 * A deduplication key. Its order is that in which the rows of keys are locked, the same on every server and whatever
 * the database's collation.
 *
 * @param chainType the type of the chains that share the key's name space
 * @param key the key
 */
record Key(String chainType, String key) implements Comparable<Key> {

    private static final Comparator<Key> LOCK_ORDER =
            Comparator.comparing(Key::chainType).thenComparing(Key::key);

    @Override
    public int compareTo(Key other) {
        return LOCK_ORDER.compare(this, other);
    }
}
