package ee.jobqueue.spi;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Walks from an error to what led to it. The error may be the application's own and do anything when it is asked: nothing here
 * throws or goes on without an end.
 *
 * @since 0.1
 */
public final class Causes {

    /** Far more than anybody wraps. */
    private static final int MAX_DEPTH = 1_000;

    private Causes() {}

    /**
     * An error and its causes.
     *
     * @param error the error
     * @return the error first; the last one is where nothing more is told, or where a circle closes
     */
    public static List<Throwable> of(Throwable error) {
        return of(error, Throwable::getCause);
    }

    /**
     * An error and those to which it leads in some way.
     *
     * @param <E> what is asked
     * @param error the error
     * @param next leads from one to the next; null at the end
     * @return the error first; the last one is where nothing more is told, or where a circle closes
     */
    public static <E extends Throwable> List<E> of(E error, Function<? super E, ? extends @Nullable E> next) {
        List<E> all = new ArrayList<>();
        Set<E> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        E one = error;
        while (one != null && all.size() < MAX_DEPTH && seen.add(one)) {
            all.add(one);
            one = ask(one, next);
        }
        return all;
    }

    /**
     * Whether something holds for an error that may fail to be asked.
     *
     * @param <E> what is asked
     * @param error the error
     * @param question the question
     * @return the answer; false when the question ends in an error itself
     */
    public static <E extends Throwable> boolean is(E error, Predicate<? super E> question) {
        return Boolean.TRUE.equals(ask(error, question::test));
    }

    /**
     * Asks an error that may fail to be asked.
     *
     * @param <E> what is asked
     * @param <A> the answer
     * @param error the error
     * @param question the question
     * @return the answer; {@code null} also when the question ends in an error itself
     */
    public static <E extends Throwable, A> @Nullable A ask(
            E error, Function<? super E, ? extends @Nullable A> question) {
        try {
            return question.apply(error);
        } catch (Throwable e) { // the error's own code has failed, whatever with
            return null;
        }
    }
}
