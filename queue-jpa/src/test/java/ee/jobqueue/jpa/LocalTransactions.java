package ee.jobqueue.jpa;

import ee.jobqueue.spi.CommitFailedException;
import ee.jobqueue.spi.Transactions;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
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
public final class LocalTransactions implements Transactions, Sessions {

    private final ThreadLocal<@Nullable Current> current = new ThreadLocal<>();
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
        Current now = current.get();
        if (now != null) {
            return work.apply(now.session);
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
    public boolean isActive() {
        return current.get() != null;
    }

    @Override
    public <T> T inNew(@Nullable Duration timeout, Callable<T> work) throws Exception {
        if (isActive()) {
            throw new IllegalStateException("the thread has a transaction already");
        }
        Current now = new Current(factory().openStatelessSession());
        current.set(now);
        T result;
        try {
            now.session.beginTransaction();
            result = work.call();
            commit(now);
        } catch (Throwable e) {
            current.remove();
            rollBack(now, e);
            now.tell(false);
            throw e;
        }
        current.remove();
        now.session.close();
        now.tell(true);
        return result;
    }

    private static void commit(Current now) throws CommitFailedException {
        if (now.rollbackOnly || now.session.getTransaction().getRollbackOnly()) {
            throw new CommitFailedException("the transaction was marked for rollback", null);
        }
        try {
            now.session.getTransaction().commit();
        } catch (RuntimeException e) {
            throw new CommitFailedException("the commit failed", e);
        }
    }

    /** On a broken connection the rollback fails as well; the first error is the one that counts. */
    private static void rollBack(Current now, Throwable reason) {
        try (StatelessSession session = now.session) {
            if (session.getTransaction().isActive()) {
                session.getTransaction().rollback();
            }
        } catch (RuntimeException e) {
            reason.addSuppressed(e);
        }
    }

    @Override
    public void setRollbackOnly() {
        Current now = current.get();
        if (now != null) {
            now.rollbackOnly = true;
        }
    }

    @Override
    public void afterCompletion(Consumer<Boolean> callback) {
        Current now = current.get();
        if (now == null) {
            throw new IllegalStateException("the thread has no transaction");
        }
        if (now.rollbackOnly) {
            callback.accept(false);
        } else {
            now.callbacks.add(callback);
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

    private static final class Current {
        private final StatelessSession session;
        private final List<Consumer<Boolean>> callbacks = new ArrayList<>();
        private boolean rollbackOnly;

        Current(StatelessSession session) {
            this.session = session;
        }

        void tell(boolean committed) {
            callbacks.forEach(callback -> callback.accept(committed));
        }
    }
}
