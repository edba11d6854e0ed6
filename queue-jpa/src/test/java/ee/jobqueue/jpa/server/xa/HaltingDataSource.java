package ee.jobqueue.jpa.server.xa;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import javax.sql.XAConnection;
import javax.transaction.xa.XAResource;
import org.postgresql.xa.PGXADataSource;

/**
 * PostgreSQL's data source for two-phase commit, which ends the JVM, as a kill would, when the transaction manager calls
 * the method of {@link XAResource} that the system property {@value #HALT_BEFORE} names. A driver of the server.
 */
public class HaltingDataSource extends PGXADataSource {

    /** The system property: {@code prepare}, {@code commit}, or nothing. */
    public static final String HALT_BEFORE = "xa.halt-before";

    /** As the shell tells of a process that was killed. */
    private static final int KILLED = 137;

    /** Called by the server. */
    public HaltingDataSource() {}

    @Override
    public XAConnection getXAConnection() throws SQLException {
        return halting(super.getXAConnection());
    }

    @Override
    public XAConnection getXAConnection(String user, String password) throws SQLException {
        return halting(super.getXAConnection(user, password));
    }

    private static XAConnection halting(XAConnection connection) {
        return proxy(XAConnection.class, (method, arguments) -> {
            Object result = method.invoke(connection, arguments);
            return result instanceof XAResource resource ? halting(resource) : result;
        });
    }

    private static XAResource halting(XAResource resource) {
        return proxy(XAResource.class, (method, arguments) -> {
            if (method.getName().equals(System.getProperty(HALT_BEFORE))) {
                Runtime.getRuntime().halt(KILLED);
            }
            return method.invoke(resource, arguments);
        });
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    try {
                        return call.of(method, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    private interface Call {
        Object of(Method method, Object[] arguments) throws ReflectiveOperationException;
    }
}
