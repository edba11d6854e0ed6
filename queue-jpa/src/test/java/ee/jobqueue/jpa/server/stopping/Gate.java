package ee.jobqueue.jpa.server.stopping;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;

/** An advisory lock of the database, which a test holds and gives up. */
@ApplicationScoped
public class Gate {

    /** The data source bounds how long a statement waits. */
    private static final String LOCK_TIME_OUT = "55P03";

    @Resource(lookup = "java:comp/DefaultDataSource")
    private DataSource dataSource;

    /** Waits in statements, on one connection, until the lock is free. */
    public void await(long number) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement wait = connection.prepareStatement("SELECT pg_advisory_xact_lock_shared(?)")) {
            wait.setLong(1, number);
            boolean isFree = false;
            while (!isFree) {
                isFree = isFree(wait);
            }
        }
    }

    private static boolean isFree(PreparedStatement wait) throws SQLException {
        try {
            wait.executeQuery();
            return true;
        } catch (SQLException e) {
            if (!LOCK_TIME_OUT.equals(e.getSQLState())) {
                throw e;
            }
            return false;
        }
    }
}
