package ee.jobqueue.mongo;

import java.util.Comparator;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * A deduplication key within its chain type, as it stands in {@code _id}.
 *
 * @param chainType the type of the chains that it belongs to
 * @param key the key
 */
record Key(String chainType, String key) implements Comparable<Key> {

    private static final Comparator<Key> ORDER =
            Comparator.comparing(Key::chainType).thenComparing(Key::key);

    /** The key under which the chain of a job was started; {@code null} for none. */
    static @Nullable Key ofChain(Document job) {
        String key = job.getString(Fields.DEDUPLICATION_KEY);
        return key == null ? null : new Key(job.getString(Fields.CHAIN_TYPE), key);
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
