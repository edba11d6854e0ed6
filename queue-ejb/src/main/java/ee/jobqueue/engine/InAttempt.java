package ee.jobqueue.engine;

import java.util.concurrent.Callable;

/** Knows which threads are inside an attempt, where waiting for another chain is refused. */
final class InAttempt {

    private static final ThreadLocal<Boolean> INSIDE = ThreadLocal.withInitial(() -> false);

    private InAttempt() {}

    static boolean isCurrent() {
        return INSIDE.get();
    }

    static <T> T call(Callable<T> work) throws Exception {
        INSIDE.set(true);
        try {
            return work.call();
        } finally {
            INSIDE.remove();
        }
    }
}
