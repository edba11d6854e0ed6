package ee.jobqueue.jpa;

import jakarta.persistence.Tuple;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.UUID;

/**
 * The rows of deduplication keys, which are only locked, and those by which ids are claimed. A row is there while a chain has
 * the key; one that is missing is inserted by whoever locks it.
 */
final class KeyRows {

    /** Keys as a table. */
    static final String KEYS = """
            UNNEST(CAST(:types AS VARCHAR ARRAY), CAST(:keys AS VARCHAR ARRAY)) AS asked(chain_type, deduplication_key)
            """;

    /** Keys and the chains in their rows as a table. */
    static final String ROWS = """
            UNNEST(CAST(:types AS VARCHAR ARRAY), CAST(:keys AS VARCHAR ARRAY), CAST(:chains AS UUID ARRAY))
                AS asked(chain_type, deduplication_key, chain_id)
            """;

    /** A chain has the key of a row of {@code %s}; by the index over keys. */
    private static final String USED = """
            EXISTS (SELECT chain.id FROM jobqueue_job chain
                WHERE chain.chain_type = %1$s.chain_type AND chain.deduplication_key = %1$s.deduplication_key)
            """;

    /** Deletes the rows of keys which no chain has, by primary key. They are locked. */
    static final Sql DELETE_UNUSED = Sql.of("""
            DELETE FROM jobqueue_deduplication
            WHERE (chain_type, deduplication_key) IN (SELECT asked.chain_type, asked.deduplication_key FROM %s)
                AND NOT %s
            """.formatted(KEYS, used("jobqueue_deduplication")));

    /** Locks the rows of keys, by primary key; passes over locked ones, so that no order matters. */
    static final Sql LOCK_FREE = Sql.of("""
            SELECT held.chain_type, held.deduplication_key FROM %s
            JOIN jobqueue_deduplication held
                ON held.chain_type = asked.chain_type AND held.deduplication_key = asked.deduplication_key
            FOR UPDATE SKIP LOCKED
            """.formatted(KEYS));

    private KeyRows() {}

    static String used(String table) {
        return USED.formatted(table);
    }

    /** Executes a statement that inserts or locks rows in the order of its arrays. */
    static void lock(SqlSession session, Sql lock, SortedMap<Key, UUID> rows) {
        for (List<Key> batch : Starting.batches(List.copyOf(rows.keySet()))) {
            statement(session, lock, batch)
                    .set("chains", batch.stream().map(rows::get).toArray(UUID[]::new))
                    .update();
        }
    }

    /** Locks rows that nobody has locked; answers their keys. */
    static Set<Key> lockFree(SqlSession session, Collection<Key> keys) {
        Set<Key> locked = new HashSet<>();
        for (Tuple row : statement(session, LOCK_FREE, keys).tuples(Key.COLUMNS)) {
            locked.add(Key.of(row));
        }
        return locked;
    }

    /** Deletes the rows of keys which no chain has, among rows that are locked. */
    static void deleteUnused(SqlSession session, Collection<Key> keys) {
        if (!keys.isEmpty()) {
            statement(session, session.dialect().deleteUnusedKeys(), keys).update();
        }
    }

    private static Statement statement(SqlSession session, Sql sql, Collection<Key> keys) {
        return session.statement(sql)
                .set("types", keys.stream().map(Key::chainType).toArray(String[]::new))
                .set("keys", keys.stream().map(Key::key).toArray(String[]::new));
    }
}
