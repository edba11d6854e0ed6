package ee.jobqueue.jpa;

import java.util.function.Function;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;

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

    @Override
    public void close() {
        factory.close();
    }
}
