package ee.jobqueue.jpa.chaos;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import ee.jobqueue.chaos.ChaosDatabase;
import ee.jobqueue.chaos.member.Business;
import ee.jobqueue.chaos.proxy.Protocol;
import ee.jobqueue.jpa.LocalStore;
import ee.jobqueue.jpa.RestartableServer;
import ee.jobqueue.spi.JobStore;
import ee.jobqueue.spi.Transactions;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/** A database server of a test's own, with all that a chaos round does to it. */
final class SqlChaosDatabase implements ChaosDatabase {

    /** The part of the server in which all is. */
    private static final String PART = "chaos";

    private static final Pattern ADDRESS = Pattern.compile("//[^/:]+:(\\d+)/");

    private final SqlKind kind;
    private final RestartableServer server;
    private final DataSource administration;
    private final HikariDataSource pool;
    private final LocalStore store;
    private final SqlBusiness business;
    private boolean down;

    /** Starts a server, with tables for the business. */
    SqlChaosDatabase(SqlKind kind) {
        this.kind = kind;
        this.server = kind.database().newServer();
        this.administration = kind.database().dataSource(server.url(), "");
        execute(administration, kind.database().create(PART));
        HikariConfig config = new HikariConfig();
        config.setDataSource(kind.database().dataSource(server.url(), PART));
        config.setMaximumPoolSize(10);
        this.pool = new HikariDataSource(config);
        this.store = new LocalStore(pool);
        this.business = new SqlBusiness(pool, store.transactions());
        SqlBusiness.TABLES.forEach(table -> execute(pool, table));
    }

    @Override
    public String name() {
        try (Connection connection = pool.getConnection()) {
            return kind.title() + " "
                    + connection.getMetaData().getDatabaseProductVersion().replaceFirst("[ -].*", "");
        } catch (SQLException e) {
            throw new IllegalStateException("the database does not say what it is", e);
        }
    }

    @Override
    public int port() {
        Matcher address = ADDRESS.matcher(server.url());
        if (!address.find()) {
            throw new IllegalStateException("no port in " + server.url());
        }
        return Integer.parseInt(address.group(1));
    }

    @Override
    public Protocol protocol() {
        return kind.protocol();
    }

    @Override
    public List<String> member(String who, int port, Path folder) {
        String url = ADDRESS.matcher(server.url()).replaceFirst("//127.0.0.1:" + port + "/");
        String withTimeouts = url + (url.contains("?") ? "&" : "?") + kind.timeouts();
        return List.of(SqlMember.class.getName(), kind.database().name(), withTimeouts, PART, who, folder.toString());
    }

    @Override
    public JobStore store() {
        return store.store();
    }

    @Override
    public Transactions transactions() {
        return store.transactions();
    }

    @Override
    public Business business() {
        return business;
    }

    @Override
    public boolean isRenewal(String statement) {
        return SqlWords.isRenewal(statement);
    }

    @Override
    public boolean isAcquire(String statement) {
        return SqlWords.isAcquire(statement);
    }

    @Override
    public Hold holdWorker(String worker) {
        return hold("SELECT id FROM jobqueue_worker WHERE name = ? FOR UPDATE", worker);
    }

    @Override
    public Hold holdJob(String job) {
        return hold("SELECT id FROM jobqueue_job WHERE id = " + kind.id() + " FOR UPDATE", job);
    }

    private Hold hold(String query, String key) {
        try {
            Connection connection =
                    kind.database().dataSource(server.url(), PART).getConnection();
            connection.setAutoCommit(false);
            try (PreparedStatement statement = connection.prepareStatement(query)) {
                statement.setString(1, key);
                try (ResultSet row = statement.executeQuery()) {
                    if (!row.next()) {
                        throw new IllegalStateException("there is no row of " + key);
                    }
                }
            }
            return () -> close(connection);
        } catch (SQLException e) {
            throw new IllegalStateException("the row of " + key + " cannot be held", e);
        }
    }

    /** Rolls back what is open. */
    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException("the connection is broken", e);
        }
    }

    @Override
    public void breakConnections() {
        try (Connection connection = administration.getConnection();
                Statement statement = connection.createStatement()) {
            kind.database().breakConnections(statement, PART);
        } catch (SQLException e) {
            throw new IllegalStateException("the connections cannot be broken", e);
        }
    }

    /** On one connection, for which there is no limit. */
    @Override
    public Hold limitStatements(Duration longest) {
        Connection connection = administrator();
        limit(connection, longest);
        return () -> {
            limit(connection, Duration.ZERO);
            close(connection);
        };
    }

    private void limit(Connection connection, Duration longest) {
        try (Statement statement = connection.createStatement()) {
            for (String change : kind.limitStatements(longest)) {
                statement.execute(change);
            }
            if (!kind.limitsOpenConnections()) {
                kind.database().breakConnections(statement, PART);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("statements cannot be limited to " + longest, e);
        }
    }

    private Connection administrator() {
        try {
            return administration.getConnection();
        } catch (SQLException e) {
            throw new IllegalStateException("the database does not answer", e);
        }
    }

    @Override
    public void stop() {
        down = true;
        server.stop();
    }

    @Override
    public void kill() {
        down = true;
        server.kill();
    }

    @Override
    public void start() {
        if (down) {
            server.start();
            down = false;
        }
    }

    @Override
    public void hurrySweep() {
        execute(pool, "UPDATE jobqueue_sweep SET next_at = " + kind.longAgo());
    }

    @Override
    public Runnable beat() {
        return new SqlBeat(kind.database().dataSource(server.url(), PART), "UPDATE chaos_pulse SET beats = beats + 1");
    }

    @Override
    public void clearBusiness() {
        business.clear();
    }

    @Override
    public List<Business.Order> orders() {
        return business.orders();
    }

    @Override
    public List<Business.Effect> effects() {
        return business.effects();
    }

    private static void execute(DataSource dataSource, String change) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(change);
        } catch (SQLException e) {
            throw new IllegalStateException("could not execute " + change, e);
        }
    }

    @Override
    public void close() {
        store.close();
        pool.close();
        server.close();
    }
}
