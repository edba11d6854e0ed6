package ee.jobqueue.chaos.member;

import ee.jobqueue.chaos.history.HistoryFile;
import ee.jobqueue.chaos.history.What;
import ee.jobqueue.spi.JobStore;
import ee.jobqueue.spi.Renewal;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/** Stands before a store, and writes down when the worker has to begin anew. */
final class WatchedStore {

    private final JobStore store;
    private final HistoryFile history;

    private WatchedStore(JobStore store, HistoryFile history) {
        this.store = store;
        this.history = history;
    }

    static JobStore watch(JobStore store, HistoryFile history) {
        WatchedStore watched = new WatchedStore(store, history);
        return (JobStore) Proxy.newProxyInstance(
                JobStore.class.getClassLoader(),
                new Class<?>[] {JobStore.class},
                (proxy, method, arguments) -> watched.call(method, arguments));
    }

    private @Nullable Object call(Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            Object result = method.invoke(store, arguments);
            if (method.getName().equals("register")) {
                history.add(What.REGISTERED, "worker", result);
            } else if (result instanceof Renewal renewal && !renewal.kept()) {
                history.add(What.LEASE_REFUSED);
            }
            return result;
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
