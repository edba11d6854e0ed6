package ee.jobqueue.jpa.server.app;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** The application's own table. */
@ApplicationScoped
public class Ledger {

    @Resource(lookup = "java:comp/DefaultDataSource")
    private DataSource dataSource;

    void createTable(@Observes Startup event) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS ledger (name VARCHAR(100), entry VARCHAR(100))");
        }
    }

    /** Adds an entry, in the current transaction, which must be one that the server's interceptors see. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void add(String name, String entry) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement insert =
                        connection.prepareStatement("INSERT INTO ledger (name, entry) VALUES (?, ?)")) {
            insert.setString(1, name);
            insert.setString(2, entry);
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("the ledger is not writable", e);
        }
    }

    /** How many entries of a kind there are whose name begins so. */
    public int count(String namePrefix, String entry) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select =
                        connection.prepareStatement("SELECT COUNT(*) FROM ledger WHERE name LIKE ? AND entry = ?")) {
            select.setString(1, namePrefix + "%");
            select.setString(2, entry);
            try (ResultSet result = select.executeQuery()) {
                result.next();
                return result.getInt(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the ledger is not readable", e);
        }
    }
}
