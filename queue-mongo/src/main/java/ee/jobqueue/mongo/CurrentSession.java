package ee.jobqueue.mongo;

import com.mongodb.client.ClientSession;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * What an application injects as its {@code ClientSession}: each call goes to the session of the calling thread's current
 * JTA transaction. Safe for use by several threads.
 */
final class CurrentSession {

    private final MongoStateProvider provider;

    private CurrentSession(MongoStateProvider provider) {
        this.provider = provider;
    }

    /** The session to inject. */
    static ClientSession of(MongoStateProvider provider) {
        CurrentSession current = new CurrentSession(provider);
        return (ClientSession) Proxy.newProxyInstance(
                ClientSession.class.getClassLoader(),
                new Class<?>[] {ClientSession.class},
                (proxy, method, arguments) -> current.call(method, arguments));
    }

    private @Nullable Object call(Method method, Object @Nullable [] arguments) throws Throwable {
        if (method.getDeclaringClass() == Object.class) {
            return method.invoke(this, arguments);
        }
        ClientSession session = provider.session();
        if (session == null) {
            throw new IllegalStateException(
                    "there is no session of a JTA transaction: the thread has none, or MongoDB is a standalone server");
        }
        try {
            return method.invoke(session, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
