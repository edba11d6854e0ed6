package ee.jobqueue.jpa;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.UUID;

/**
 * Locks the rows of deduplication keys in two steps, for databases whose insert does not return rows that it met: one
 * inserts them or locks them as they are, the other reads them. Both take the arrays {@code types}, {@code keys} and
 * {@code chains}.
 *
 * @param insert inserts or locks the rows, in the order of the arrays
 * @param read reads the rows
 */
record KeyRows(Sql insert, Sql read) {

    /** The arrays as a table. */
    static final String PROPOSED = """
            UNNEST(CAST(:types AS VARCHAR ARRAY), CAST(:keys AS VARCHAR ARRAY), CAST(:chains AS UUID ARRAY))
                AS proposed(chain_type, deduplication_key, chain_id)
            """;

    Map<Key, UUID> lock(SqlSession session, SortedMap<Key, UUID> proposed) {
        Map<Key, UUID> rows = new HashMap<>();
        for (List<Key> batch : Starting.batches(List.copyOf(proposed.keySet()))) {
            statement(session, insert, batch, proposed).update();
            statement(session, read, batch, proposed)
                    .tuples(Key.COLUMNS)
                    .forEach(row -> rows.put(Key.of(row), row.get("chain_id", UUID.class)));
        }
        return rows;
    }

    private static Statement statement(SqlSession session, Sql sql, List<Key> keys, Map<Key, UUID> chains) {
        return session.statement(sql)
                .set("types", keys.stream().map(Key::chainType).toArray(String[]::new))
                .set("keys", keys.stream().map(Key::key).toArray(String[]::new))
                .set("chains", keys.stream().map(chains::get).toArray(UUID[]::new));
    }
}
