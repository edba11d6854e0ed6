package ee.jobqueue.jpa;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;

/** Notes each statement that is executed through a data source. Safe for use by several threads. */
final class CountingDataSource {

    private static final Set<String> EXECUTIONS =
            Set.of("execute", "executeQuery", "executeUpdate", "executeLargeUpdate", "executeBatch");

    private final List<String> executed = new CopyOnWriteArrayList<>();
    private final DataSource counted;

    CountingDataSource(DataSource real) {
        counted = proxy(
                DataSource.class,
                real,
                (method, result) -> result instanceof Connection connection ? counted(connection) : result);
    }

    DataSource dataSource() {
        return counted;
    }

    /** What was executed since it was last asked. */
    List<String> takeExecuted() {
        List<String> taken = new ArrayList<>(executed);
        executed.clear();
        return taken;
    }

    private Connection counted(Connection real) {
        return proxy(Connection.class, real, (method, result) -> result);
    }

    private <T> T proxy(Class<T> type, Object real, Wrapping wrapping) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            try {
                Object result = method.invoke(real, arguments);
                if (result instanceof PreparedStatement statement) {
                    return statement(statement, (String) arguments[0]);
                }
                return wrapping.wrap(method.getName(), result);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        };
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private PreparedStatement statement(PreparedStatement real, String text) {
        return proxy(PreparedStatement.class, real, (method, result) -> {
            if (EXECUTIONS.contains(method)) {
                executed.add(text);
            }
            return result;
        });
    }

    private interface Wrapping {
        Object wrap(String method, Object result);
    }
}
