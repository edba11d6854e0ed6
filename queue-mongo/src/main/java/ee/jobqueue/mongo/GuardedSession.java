package ee.jobqueue.mongo;

import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoClient;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * The session of one JTA transaction, as its users see it. Its transaction ends with the JTA transaction and by nothing else;
 * after that it is of no use.
 *
 * <p>The driver's session is not thread-safe, and after its transaction has ended it goes on <em>without one</em>: what is
 * written then stays. But a server rolls a transaction that has timed out back in a thread of its own, while the
 * transaction's thread may be in the middle of an operation. So every call passes a lock, and the end is remembered. A rollback
 * by another thread waits for the answer to an operation that is under way, since MongoDB might otherwise see the rollback
 * first, and begin the transaction anew for the operation that comes after it; then it has MongoDB end the session. Safe for
 * use by several threads.
 */
final class GuardedSession {

    /** What would end the transaction behind the server's back, or begin one beside it. */
    private static final Set<String> NOT_THE_CALLERS =
            Set.of("startTransaction", "commitTransaction", "abortTransaction", "withTransaction", "close");

    /** How long an answer may take; then the connection is believed to be dead. */
    private static final long ANSWER_SECONDS = 5;

    private final MongoClient client;
    private final ClientSession session;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition answered = lock.newCondition();
    private @Nullable Thread user;
    private boolean isAsking;
    private boolean over;

    /** Guards a session of the client whose transaction has begun. */
    GuardedSession(MongoClient client, ClientSession session) {
        this.client = client;
        this.session = session;
    }

    /** The session for its users. */
    ClientSession view() {
        return (ClientSession) Proxy.newProxyInstance(
                ClientSession.class.getClassLoader(),
                new Class<?>[] {ClientSession.class},
                (proxy, method, arguments) -> call(proxy, method, arguments));
    }

    /**
     * Commits and closes the session, on the thread that used it; does nothing when the transaction is over.
     *
     * @param how commits
     */
    void commit(Consumer<ClientSession> how) {
        end(() -> {
            try (session) {
                how.accept(session);
            }
        });
    }

    /** Rolls back; does nothing when the transaction is over. */
    void abort() {
        end(() -> {
            if (user == null || user == Thread.currentThread()) {
                try (session) {
                    session.abortTransaction();
                }
            } else {
                awaitAnswer();
                kill();
            }
        });
    }

    private void end(Runnable how) {
        lock.lock();
        try {
            if (!over) {
                over = true;
                how.run();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Has the server end the session, and with it the transaction. The driver's session is left alone, since its own thread
     * may still be at it; it is never used again.
     */
    private void kill() {
        client.getDatabase("admin")
                .runCommand(new Document(
                        "killSessions", List.of(session.getServerSession().getIdentifier())));
    }

    private @Nullable Object call(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        String name = method.getName();
        if (method.getDeclaringClass() == Object.class) {
            return switch (name) {
                case "equals" -> arguments != null && proxy == arguments[0];
                case "hashCode" -> System.identityHashCode(proxy);
                default -> "the session of a JTA transaction";
            };
        }
        if (NOT_THE_CALLERS.contains(name)) {
            throw new IllegalStateException(
                    name + " is not for who uses the session of a JTA transaction: it ends with that transaction");
        }
        lock.lock();
        try {
            if (name.equals("advanceOperationTime")) {
                isAsking = false;
                answered.signalAll();
            }
            if (over) {
                throw new IllegalStateException("the JTA transaction of this session is over; it may have timed out");
            }
            if (name.equals("notifyMessageSent")) {
                user = Thread.currentThread();
                isAsking = true;
            }
            return method.invoke(session, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        } finally {
            lock.unlock();
        }
    }

    private void awaitAnswer() {
        long left = TimeUnit.SECONDS.toNanos(ANSWER_SECONDS);
        try {
            while (isAsking && left > 0) {
                left = answered.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
