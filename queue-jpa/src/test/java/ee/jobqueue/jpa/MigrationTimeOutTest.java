package ee.jobqueue.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A data source whose driver waits a short while only for an answer does not cut migrations off. */
class MigrationTimeOutTest {

    private static final int SHORT_MILLIS = 5_000;

    /** How long the driver waits when a statement of a migration is made. */
    private final List<Integer> migrating = new ArrayList<>();

    /** How long it waits when the connection goes back to its pool. */
    private final List<Integer> afterwards = new ArrayList<>();

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB"})
    void aMigrationMayTakeLongerThanTheDriverWaitsForAnAnswer(SqlDatabase kind) throws SQLException {
        try (TestDatabase database = kind.create()) {
            new Migrations(kind.dialect(), Migrations.Mode.APPLY, TableNames.DEFAULT)
                    .run(impatient(database.dataSource()));
        }

        assertThat(migrating).contains(0);
        assertThat(migrating.subList(migrating.indexOf(0), migrating.size())).containsOnly(0);
        assertThat(afterwards).containsExactly(SHORT_MILLIS);
    }

    private DataSource impatient(DataSource real) {
        return (DataSource) proxy(DataSource.class, (method, arguments) -> {
            Connection connection = real.getConnection();
            connection.setNetworkTimeout(Runnable::run, SHORT_MILLIS);
            return noted(connection);
        });
    }

    private Connection noted(Connection real) {
        return (Connection) proxy(Connection.class, (method, arguments) -> {
            if (method.getName().equals("createStatement")) {
                migrating.add(real.getNetworkTimeout());
            } else if (method.getName().equals("close")) {
                afterwards.add(real.getNetworkTimeout());
            }
            return method.invoke(real, arguments);
        });
    }

    private static Object proxy(Class<?> type, Call call) {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
            try {
                return call.of(method, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
    }

    private interface Call {
        Object of(java.lang.reflect.Method method, Object[] arguments) throws Exception;
    }
}
