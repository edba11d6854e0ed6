package ee.jobqueue.jpa.chaos;

import ee.jobqueue.chaos.member.Business;
import ee.jobqueue.jpa.LocalTransactions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;

/** The orders and effects, in two tables. */
final class SqlBusiness implements Business {

    /** The tables, without a key that would refuse what must not be. */
    static final List<String> TABLES = List.of(
            "CREATE TABLE chaos_order"
                    + " (order_key varchar(100), chain varchar(36), type varchar(40), expected varchar(250))",
            "CREATE TABLE chaos_effect"
                    + " (chain varchar(36), job varchar(36), attempt int, who varchar(40), seen varchar(250))",
            "CREATE TABLE chaos_pulse (beats int)",
            "INSERT INTO chaos_pulse (beats) VALUES (0)");

    private final DataSource dataSource;
    private final LocalTransactions transactions;

    SqlBusiness(DataSource dataSource, LocalTransactions transactions) {
        this.dataSource = dataSource;
        this.transactions = transactions;
    }

    @Override
    public void write(Order order) {
        transactions.call(session -> session.createNativeMutationQuery(
                        "INSERT INTO chaos_order (order_key, chain, type, expected)"
                                + " VALUES (:key, :chain, :type, :expected)")
                .setParameter("key", order.key())
                .setParameter("chain", order.chain())
                .setParameter("type", order.type())
                .setParameter("expected", order.expected())
                .executeUpdate());
    }

    @Override
    public void write(Effect effect) {
        transactions.call(
                session -> session.createNativeMutationQuery("INSERT INTO chaos_effect (chain, job, attempt, who, seen)"
                                + " VALUES (:chain, :job, :attempt, :who, :seen)")
                        .setParameter("chain", effect.chain())
                        .setParameter("job", effect.job())
                        .setParameter("attempt", effect.attempt())
                        .setParameter("who", effect.who())
                        .setParameter("seen", effect.seen())
                        .executeUpdate());
    }

    /** All that are free when it asks; those that come back meanwhile it takes as well. */
    @Override
    public void occupyConnections(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        List<Connection> taken = new ArrayList<>();
        while (System.nanoTime() < end) {
            try {
                taken.add(dataSource.getConnection());
            } catch (SQLException e) {
                LockSupport.parkNanos(Duration.ofMillis(10).toNanos()); // all are taken
            }
        }
        taken.forEach(SqlBusiness::giveBack);
    }

    private static void giveBack(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            // the pool has dropped it
        }
    }

    void clear() {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("DELETE FROM chaos_order");
            statement.execute("DELETE FROM chaos_effect");
        } catch (SQLException e) {
            throw new IllegalStateException("the tables could not be cleared", e);
        }
    }

    List<Order> orders() {
        return rows(
                "SELECT order_key, chain, type, expected FROM chaos_order",
                row -> new Order(row.getString(1), row.getString(2), row.getString(3), row.getString(4)));
    }

    List<Effect> effects() {
        return rows(
                "SELECT chain, job, attempt, who, seen FROM chaos_effect",
                row -> new Effect(
                        row.getString(1), row.getString(2), row.getInt(3), row.getString(4), row.getString(5)));
    }

    private interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    private <T> List<T> rows(String query, Row<T> reader) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            List<T> read = new ArrayList<>();
            while (rows.next()) {
                read.add(reader.read(rows));
            }
            return read;
        } catch (SQLException e) {
            throw new IllegalStateException("could not ask " + query, e);
        }
    }
}
