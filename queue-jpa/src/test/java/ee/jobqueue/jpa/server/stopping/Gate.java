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

    @Resource(lookup = "java:comp/DefaultDataSource")
    private DataSource dataSource;

    /** Waits in a statement until the lock is free. */
    public void await(long number) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement wait = connection.prepareStatement("SELECT pg_advisory_xact_lock_shared(?)")) {
            wait.setLong(1, number);
            wait.executeQuery();
        }
    }
}
