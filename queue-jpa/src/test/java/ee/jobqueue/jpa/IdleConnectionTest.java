package ee.jobqueue.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** A pool hands out a connection that was idle for longer than the server keeps one. */
class IdleConnectionTest {

    private static final Duration DEADLINE = Duration.ofSeconds(60);

    @ParameterizedTest
    @EnumSource(mode = Mode.MATCH_ALL, names = "MARIADB.*|MYSQL")
    void aConnectionThatTheServerHasGivenUpIsAnOutageAndTransient(SqlDatabase kind) throws SQLException {
        try (TestDatabase database = kind.create();
                Connection idle = DriverManager.getConnection(database.url() + "&sessionVariables=wait_timeout=1");
                Statement statement = idle.createStatement()) {
            long session = session(statement);
            await().atMost(DEADLINE).until(() -> !sessions(database).contains(session));

            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> session(statement))
                    .satisfies(error -> assertThat(DriverErrors.isOutage(error, kind.dialect()))
                            .as("%s %s", error.getSQLState(), error.getErrorCode())
                            .isTrue())
                    .satisfies(error -> assertThat(DriverErrors.isTransient(error, kind.dialect()))
                            .isTrue());
        }
    }

    private static long session(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT CONNECTION_ID()")) {
            assertThat(row.next()).isTrue();
            return row.getLong(1);
        }
    }

    private static Set<Long> sessions(TestDatabase database) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SHOW PROCESSLIST")) {
            Set<Long> sessions = new HashSet<>();
            while (rows.next()) {
                sessions.add(rows.getLong("Id"));
            }
            return sessions;
        }
    }
}
