package ee.jobqueue.mongo.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ee.jobqueue.mongo.server.app.FailPoint;
import ee.jobqueue.mongo.server.app.Ledger;
import jakarta.annotation.Resource;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.UserTransaction;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import javax.naming.InitialContext;
import javax.sql.DataSource;
import javax.transaction.xa.XAException;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/**
 * MongoDB in one JTA transaction with an SQL database: the SQL database prepares, MongoDB commits, the SQL database commits.
 * Between the last two lies a window, in which the one is committed and the other is not yet.
 */
@ArquillianTest
class BesideSqlIT {

    private final String run = UUID.randomUUID().toString();

    @Deployment
    static WebArchive application() {
        return TestWar.booking().addClasses(BesideSqlIT.class, Witness.class);
    }

    @Inject
    private Ledger ledger;

    @Inject
    private UserTransaction transaction;

    @Resource(lookup = "jdbc/xa")
    private DataSource xa;

    @Resource(lookup = "jdbc/plain")
    private DataSource plain;

    @Test
    void bothCommit() throws Exception {
        createTable(xa);
        transaction.begin();
        insert(xa);
        ledger.add(run, "ordered");
        transaction.commit();

        assertEquals(1, rows(xa));
        assertEquals(1, ledger.count(run, "ordered"));
    }

    @Test
    void bothRollBack() throws Exception {
        createTable(xa);
        transaction.begin();
        insert(xa);
        ledger.add(run, "ordered");
        transaction.rollback();

        assertEquals(0, rows(xa));
        assertEquals(0, ledger.count(run, "ordered"));
    }

    @Test
    void whenMongoDbRefusesTheCommitTheSqlDatabaseRollsBack() throws Exception {
        createTable(xa);
        transaction.begin();
        insert(xa);
        ledger.add(run, "ordered");
        FailPoint.REFUSED_COMMIT.during(() -> assertThrows(Exception.class, transaction::commit));

        assertEquals(0, rows(xa));
        assertEquals(0, ledger.count(run, "ordered"));
    }

    @Test
    void aDataSourceThatCannotPrepareIsRefusedBesideMongoDb() throws Exception {
        createTable(plain);
        transaction.begin();
        try {
            insert(plain);
            IllegalStateException refusal = assertThrows(IllegalStateException.class, () -> ledger.add(run, "ordered"));
            assertTrue(refusal.getMessage().contains("use an XA data source"), refusal::getMessage);
        } finally {
            transaction.rollback();
        }
        assertEquals(0, rows(plain));
    }

    /** What a crash of the server in the window leaves: MongoDB's part is there, the other waits to be told. */
    @Test
    void betweenTheCommitsMongoDbsPartIsThereAndTheOthersIsNot() throws Exception {
        Witness witness = new Witness(() -> ledger.count(run, "ordered"));
        transaction.begin();
        ledger.add(run, "ordered");
        enlist(witness);
        transaction.commit();

        assertEquals(List.of("prepare: 0", "commit: 1"), witness.seen());
    }

    @Test
    void whatCannotPrepareTakesMongoDbAlong() throws Exception {
        Witness witness = new Witness(() -> ledger.count(run, "ordered"));
        witness.failToPrepare(XAException.XA_RBROLLBACK);
        transaction.begin();
        ledger.add(run, "ordered");
        enlist(witness);
        assertThrows(Exception.class, transaction::commit);

        assertEquals(0, ledger.count(run, "ordered"));
    }

    /** Whether MongoDB has committed is not known, and the other part has to be told one thing or the other. */
    @Test
    void whenMongoDbsAnswerIsLostTheOtherPartIsRolledBackWhateverMongoDbDid() throws Exception {
        Witness witness = new Witness(() -> 0);
        transaction.begin();
        ledger.add(run, "ordered");
        enlist(witness);
        Exception error = FailPoint.LOST_COMMITS.during(() -> assertThrows(Exception.class, transaction::commit));

        assertEquals(List.of("prepare: 0", "rollback: 0"), witness.seen(), error::toString);
    }

    private static void enlist(Witness witness) throws Exception {
        TransactionManager manager = InitialContext.doLookup("java:comp/TransactionManager");
        assertTrue(manager.getTransaction().enlistResource(witness));
    }

    private static void createTable(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS ledger (name VARCHAR(100))");
        }
    }

    private void insert(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("INSERT INTO ledger (name) VALUES ('" + run + "')");
        }
    }

    private int rows(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT COUNT(*) FROM ledger WHERE name = '" + run + "'")) {
            result.next();
            return result.getInt(1);
        }
    }
}
