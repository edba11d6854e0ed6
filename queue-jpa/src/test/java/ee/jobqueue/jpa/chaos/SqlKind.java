package ee.jobqueue.jpa.chaos;

import ee.jobqueue.chaos.proxy.Protocol;
import ee.jobqueue.jpa.ServerDatabase;
import java.time.Duration;
import java.util.List;

/** What differs between the databases of the chaos rounds. */
enum SqlKind {
    POSTGRESQL("PostgreSQL", ServerDatabase.POSTGRESQL, new PostgreSqlProtocol()) {
        @Override
        String timeouts() {
            return "sslmode=disable&gssEncMode=disable&connectTimeout=2&socketTimeout=20&tcpKeepAlive=true";
        }

        @Override
        String id() {
            return "CAST(? AS uuid)";
        }

        @Override
        List<String> limitStatements(Duration longest) {
            return List.of("ALTER SYSTEM SET statement_timeout = " + longest.toMillis(), "SELECT pg_reload_conf()");
        }

        @Override
        boolean limitsOpenConnections() {
            return true;
        }

        @Override
        String longAgo() {
            return "TIMESTAMP WITH TIME ZONE '2020-01-01 00:00:00Z'";
        }
    },
    MARIADB("MariaDB", ServerDatabase.MARIADB, new MariaDbProtocol()) {
        @Override
        String timeouts() {
            return "sslMode=disable&connectTimeout=2000&socketTimeout=20000";
        }

        @Override
        String id() {
            return "?";
        }

        @Override
        List<String> limitStatements(Duration longest) {
            return List.of("SET GLOBAL max_statement_time = " + longest.toMillis() / 1000.0);
        }

        @Override
        boolean limitsOpenConnections() {
            return false;
        }

        @Override
        String longAgo() {
            return "'2020-01-01 00:00:00'";
        }
    };

    private final String title;
    private final ServerDatabase database;
    private final Protocol protocol;

    SqlKind(String title, ServerDatabase database, Protocol protocol) {
        this.title = title;
        this.database = database;
        this.protocol = protocol;
    }

    String title() {
        return title;
    }

    ServerDatabase database() {
        return database;
    }

    Protocol protocol() {
        return protocol;
    }

    /**
     * Of the driver: far above the lease, against what {@code operations.md} wants, so that nothing but the queue keeps
     * a statement that hangs from costing the lease. No encryption, through which no proxy sees.
     */
    abstract String timeouts();

    /** A parameter that is the id of a job, given as a text. */
    abstract String id();

    /** Ends statements of others that take longer; zero for no limit. */
    abstract List<String> limitStatements(Duration longest);

    /** Whether that holds for connections that are open already. */
    abstract boolean limitsOpenConnections();

    /** A point in time. */
    abstract String longAgo();
}
