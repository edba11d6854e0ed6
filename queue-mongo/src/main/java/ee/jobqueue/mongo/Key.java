package ee.jobqueue.mongo;

import java.util.Comparator;
import org.bson.Document;

/**
 * A deduplication key within its chain type, as it stands in {@code _id}.
 *
 * @param chainType the type of the chains that it belongs to
 * @param key the key
 */
record Key(String chainType, String key) implements Comparable<Key> {

    private static final Comparator<Key> ORDER =
            Comparator.comparing(Key::chainType).thenComparing(Key::key);

    static Key of(Document id) {
        return new Key(id.getString(Fields.TYPE), id.getString(Fields.KEY));
    }

    /** Always with the fields in this order: BSON's equality of documents depends on it. */
    Document id() {
        return new Document(Fields.TYPE, chainType).append(Fields.KEY, key);
    }

    @Override
    public int compareTo(Key other) {
        return ORDER.compare(this, other);
    }
}
