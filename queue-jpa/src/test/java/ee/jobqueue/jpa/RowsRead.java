package ee.jobqueue.jpa;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * How much a server reads for a work. Counted by the server and not judged from a plan, since a plan tells what was expected,
 * and several statements take part.
 */
interface RowsRead {

    /** Runs work in a transaction of the harness and tells how much of the large tables was read. */
    long of(JpaHarness harness, Runnable work) throws Exception;

    /**
     * Pages of the large tables and their indexes on PostgreSQL, in the work's own transaction. A sequential scan counts as
     * all of its pages.
     */
    RowsRead POSTGRESQL = (harness, work) -> harness.transactions().inNew(null, () -> {
        long before = pagesFetched(harness);
        work.run();
        return pagesFetched(harness) - before;
    });

    /** Rows and index entries on MariaDB and MySQL, by all sessions; nobody else works while these tests do. */
    RowsRead MARIADB = (harness, work) -> {
        long first = handlerReads(harness.database());
        long before = handlerReads(harness.database());
        harness.transactions().inNew(null, () -> {
            work.run();
            return true;
        });
        long ofAsking = before - first;
        return handlerReads(harness.database()) - before - ofAsking;
    };

    /** By the current transaction, and by earlier ones of its connection of which the server has not heard yet. */
    private static long pagesFetched(JpaHarness harness) {
        return harness.transactions()
                .call(session -> session.createNativeQuery(
                                "SELECT SUM(pg_stat_get_xact_blocks_fetched(relation.oid)) FROM pg_class relation"
                                        + " JOIN pg_namespace ON pg_namespace.oid = relation.relnamespace"
                                        + " WHERE pg_namespace.nspname = current_schema()",
                                BigDecimal.class)
                        .getSingleResult()
                        .longValue());
    }

    private static long handlerReads(TestDatabase database) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet counts = statement.executeQuery("SHOW GLOBAL STATUS LIKE 'Handler_read%'")) {
            long read = 0;
            while (counts.next()) {
                read += counts.getLong("Value");
            }
            return read;
        }
    }
}
