package ee.jobqueue.jpa.chaos;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import ee.jobqueue.chaos.member.ChaosSettings;
import ee.jobqueue.chaos.member.Member;
import ee.jobqueue.jpa.LocalStore;
import ee.jobqueue.jpa.ServerDatabase;
import java.io.IOException;
import java.nio.file.Path;
import javax.sql.DataSource;

/** A server on SQL, in a process of its own. */
final class SqlMember {

    /** Below what the driver waits for an answer. */
    private static final int CONNECTION_MILLIS = 2_000;

    /** The first connection of a cold process takes seconds on a busy machine. */
    private static final int START_MILLIS = 120_000;

    private SqlMember() {}

    /**
     * Runs a server.
     *
     * @param arguments which database, its URL, the part of it, the server's name, and where it writes its history
     * @throws IOException when the input cannot be read
     */
    public static void main(String[] arguments) throws IOException {
        HikariConfig config = new HikariConfig();
        DataSource database = ServerDatabase.valueOf(arguments[0]).dataSource(arguments[1], arguments[2]);
        config.setDataSource(database);
        config.setMaximumPoolSize(ChaosSettings.CONNECTIONS);
        config.setConnectionTimeout(CONNECTION_MILLIS);
        config.setInitializationFailTimeout(START_MILLIS);
        try (HikariDataSource pool = new HikariDataSource(config);
                LocalStore store = new LocalStore(pool)) {
            Member.run(
                    arguments[3],
                    Path.of(arguments[4]),
                    store.store(),
                    store.transactions(),
                    new SqlBusiness(pool, store.transactions()),
                    new SqlBeat(database, "SELECT 1"));
        }
    }
}
