package ee.jobqueue.jpa;

import java.sql.Connection;
import java.util.function.Function;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;
import org.hibernate.engine.spi.SharedSessionContractImplementor;

/**
 * Sessions that join the calling thread's JTA transaction; the server shares its connection with the application's
 * work.
 */
final class JtaSessions implements Sessions {

    private final SessionFactory factory;

    JtaSessions(SessionFactory factory) {
        this.factory = factory;
    }

    @Override
    public <T> T call(Function<StatelessSession, T> work) {
        try (StatelessSession session = factory.openStatelessSession()) {
            return work.apply(session);
        }
    }

    /** A session joins as it opens, and takes no connection before its first statement. */
    @Override
    public boolean isInTransaction() {
        return call(session -> ((SharedSessionContractImplementor) session).isTransactionInProgress());
    }

    @Override
    public <T> T on(Connection connection, Function<StatelessSession, T> work) {
        try (StatelessSession session = factory.openStatelessSession(connection)) {
            return work.apply(session);
        }
    }

    @Override
    public void close() {
        factory.close();
    }
}
