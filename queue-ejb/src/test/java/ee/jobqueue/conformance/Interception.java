package ee.jobqueue.conformance;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands before a real port: counts its calls, and lets a test disturb them as a network or a database would. Thread-safe.
 *
 * @param <P> the port
 */
final class Interception<P> {

    /** Goes on with the call, or throws what the caller shall see. */
    @FunctionalInterface
    interface Disturbance {
        Object around(Call call) throws Throwable;
    }

    /** The undisturbed call. */
    interface Call {
        Object proceed() throws Throwable;

        /** What was passed at this place, from 0. */
        Object argument(int index);
    }

    private final P port;
    private final Map<String, AtomicInteger> counts = new ConcurrentHashMap<>();
    private final Map<String, Disturbance> disturbances = new ConcurrentHashMap<>();

    Interception(Class<P> type, P real) {
        this.port = type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> call(real, method, args)));
    }

    P port() {
        return port;
    }

    /** How often a method was called. */
    int calls(String method) {
        return counter(method).get();
    }

    /** Disturbs every call of a method from now on. */
    void disturb(String method, Disturbance disturbance) {
        disturbances.put(method, disturbance);
    }

    /** Leaves a method in peace again. */
    void leave(String method) {
        disturbances.remove(method);
    }

    private Object call(P real, Method method, Object[] args) throws Throwable {
        counter(method.getName()).incrementAndGet();
        Call call = new Call() {
            @Override
            public Object proceed() throws Throwable {
                try {
                    return method.invoke(real, args);
                } catch (InvocationTargetException e) {
                    throw e.getCause();
                }
            }

            @Override
            public Object argument(int index) {
                return args[index];
            }
        };
        Disturbance disturbance = disturbances.get(method.getName());
        return disturbance == null ? call.proceed() : disturbance.around(call);
    }

    private AtomicInteger counter(String method) {
        return counts.computeIfAbsent(method, name -> new AtomicInteger());
    }
}
