package ee.jobqueue.jpa;

import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A statement as a database executes it: one, or several where it cannot compose them. All but {@code text} may be
 * {@code null}.
 *
 * @param lock a query whose ids become the parameter {@code locked}
 * @param pick a query that locks the rows to be changed; their ids become the parameter {@code changed}
 * @param before a change that is executed before the statement, unless nothing was picked
 * @param text the statement
 * @param after a change that is executed after it, unless nothing was picked
 */
record Steps(
        @Nullable String lock,
        @Nullable String pick,
        @Nullable String before,
        String text,
        @Nullable String after) {

    static Steps only(String text) {
        return new Steps(null, null, null, text, null);
    }

    /** The same steps, each in other words. */
    Steps in(UnaryOperator<String> words) {
        return new Steps(
                rewritten(lock, words),
                rewritten(pick, words),
                rewritten(before, words),
                words.apply(text),
                rewritten(after, words));
    }

    boolean mention(String parameter) {
        return Stream.of(lock, pick, before, text, after).anyMatch(step -> step != null && step.contains(parameter));
    }

    private static @Nullable String rewritten(@Nullable String step, UnaryOperator<String> words) {
        return step == null ? null : words.apply(step);
    }
}
