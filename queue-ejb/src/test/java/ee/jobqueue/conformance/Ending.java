package ee.jobqueue.conformance;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one of several concurrent transactions ended: committed with a value, or rolled back with an error.
 *
 * @param value what the work returned; {@code null} when it threw
 * @param error what it threw; {@code null} when it was committed
 */
record Ending<T>(@Nullable T value, @Nullable Throwable error) {

    boolean isCommitted() {
        return error == null;
    }

    /** The value; an error fails the test. */
    T committed() {
        if (error != null || value == null) {
            throw new AssertionError("expected a commit", error);
        }
        return value;
    }

    static <T> List<T> values(List<Ending<T>> endings) {
        return endings.stream().map(Ending::committed).toList();
    }

    static long commits(List<? extends Ending<?>> endings) {
        return endings.stream().filter(Ending::isCommitted).count();
    }
}
