package ee.jobqueue.jpa;

import ee.jobqueue.conformance.ThreadTransactions;
import ee.jobqueue.spi.CommitFailedException;
import java.sql.Connection;
import java.time.Duration;
import java.util.function.Function;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/**
 * Transactions in Java SE: a session with a transaction of the database, bound to the thread. Knows no time-outs. Safe
 * for use by several threads.
 *
 * @since 0.1
 */
public final class LocalTransactions extends ThreadTransactions<StatelessSession> implements Sessions {

    private volatile @Nullable SessionFactory factory;

    /** Begins with the first use of {@link #open}. */
    LocalTransactions() {}

    /** Takes the persistence unit whose sessions are lent. */
    Sessions open(SessionFactory newFactory) {
        factory = newFactory;
        return this;
    }

    @Override
    public <T> T call(Function<StatelessSession, T> work) {
        StatelessSession now = current();
        if (now != null) {
            return work.apply(now);
        }
        try (StatelessSession session = factory().openStatelessSession()) {
            return work.apply(session);
        }
    }

    @Override
    public boolean isInTransaction() {
        return isActive();
    }

    @Override
    public <T> T on(Connection connection, Function<StatelessSession, T> work) {
        try (StatelessSession session = factory().openStatelessSession(connection)) {
            return work.apply(session);
        }
    }

    @Override
    protected StatelessSession begin(@Nullable Duration timeout) {
        StatelessSession session = factory().openStatelessSession();
        session.beginTransaction();
        return session;
    }

    @Override
    protected void commit(StatelessSession session) throws CommitFailedException {
        if (session.getTransaction().getRollbackOnly()) {
            throw new CommitFailedException("the transaction was marked for rollback", null);
        }
        session.getTransaction().commit();
    }

    @Override
    protected void end(StatelessSession session, boolean committed) {
        try (session) {
            if (session.getTransaction().isActive()) {
                session.getTransaction().rollback();
            }
        }
    }

    @Override
    public void close() {
        SessionFactory open = factory;
        if (open != null) {
            open.close();
        }
    }

    private SessionFactory factory() {
        SessionFactory open = factory;
        if (open == null) {
            throw new IllegalStateException("the store is not prepared");
        }
        return open;
    }
}
