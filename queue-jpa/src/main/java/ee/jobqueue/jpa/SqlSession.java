package ee.jobqueue.jpa;

import java.time.Instant;
import org.hibernate.StatelessSession;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.jspecify.annotations.Nullable;

/**
 * A session of the current transaction that knows the database's dialect. Lives as long as one verb; not for use by
 * several threads.
 */
final class SqlSession {

    private final StatelessSession session;
    private final Dialect dialect;
    private final DialectTexts texts;
    private @Nullable Instant now;

    SqlSession(StatelessSession session, Dialect dialect, DialectTexts texts) {
        this.session = session;
        this.dialect = dialect;
        this.texts = texts;
    }

    /** A statement to be executed once; what cannot be composed in this dialect goes before and after it. */
    Statement statement(Sql sql) {
        Steps steps = texts.steps(sql);
        Statement statement = new Statement(session, steps, dialect.hasArrays());
        return steps.mention(":now") ? statement.set("now", now()) : statement;
    }

    /** A text for the driver itself, with the names of the tables. */
    String named(String text) {
        return texts.named(text);
    }

    /** The database's time, read once. */
    Instant now() {
        Instant read = now;
        if (read == null) {
            read = dialect.clock(session);
            now = read;
        }
        return read;
    }

    /**
     * Sees to it that what is written belongs to a transaction. One that timed out is rolled back behind the thread's
     * back, and what the thread wrote then would commit by itself.
     */
    void requireTransaction(String verb) {
        if (!((SharedSessionContractImplementor) session).isTransactionInProgress()) {
            throw new IllegalStateException(
                    verb + " needs a transaction, and there is none, or it is over already; it may have timed out");
        }
    }

    StatelessSession hibernate() {
        return session;
    }

    Dialect dialect() {
        return dialect;
    }
}
