package ee.jobqueue.conformance;

import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Errors that an application may throw though nobody can describe them by asking them: each fails, never ends or is huge when
 * it is asked.
 */
final class OddErrors {

    private static final int MANY = 20_000;

    private OddErrors() {}

    /** By what is odd about them. */
    static Map<String, Throwable> all() {
        Map<String, Throwable> errors = new LinkedHashMap<>();
        errors.put("answers no question", new AnswersNothing());
        errors.put("has a cause that answers no question", new RuntimeException("x", new AnswersNothing()));
        errors.put("suppresses what answers no question", suppressing(new AnswersNothing()));
        errors.put("overflows the stack when it is asked", new OverflowsTheStack());
        errors.put("has no message and no stack trace", new HasNothing());
        errors.put("has holes in its stack trace", withStackTrace(null, null));
        errors.put("has a message of megabytes", new IllegalStateException("long ".repeat(1_000_000)));
        errors.put("is its own cause's cause", circle());
        errors.put("has a new cause for each who asks", new NeverEnds());
        errors.put("is the last of many causes", chain(5_000));
        errors.put("suppresses many in each other", nested());
        errors.put("suppresses many side by side", sideBySide());
        errors.put("is an error of a database that answers no question", new UnreadableSqlError());
        errors.put(
                "has a cause of a database that answers no question",
                new RuntimeException("x", new UnreadableSqlError()));
        errors.put("failed an assertion", new AssertionError("expected: 1"));
        errors.put("overflowed the stack", overflow());
        errors.put("is thrown by none", new Throwable("neither an exception nor an error"));
        errors.put("is checked, though nobody declares it", new InterruptedException("by none"));
        return errors;
    }

    /** Throws it, declared or not. */
    @SuppressWarnings("unchecked") // nothing is cast where a type variable is thrown
    static <T extends Throwable> RuntimeException thrown(Throwable error) throws T {
        throw (T) error;
    }

    private static RuntimeException suppressing(Throwable error) {
        RuntimeException suppressing = new RuntimeException("x");
        suppressing.addSuppressed(error);
        return suppressing;
    }

    private static RuntimeException withStackTrace(StackTraceElement... elements) {
        return new RuntimeException("x") {
            private static final long serialVersionUID = 1L;

            @Override
            public StackTraceElement[] getStackTrace() {
                return elements;
            }
        };
    }

    private static Throwable circle() {
        RuntimeException first = new RuntimeException("first");
        first.initCause(new RuntimeException("second", first));
        first.addSuppressed(first.getCause());
        return first;
    }

    private static Throwable chain(int length) {
        return Stream.iterate(new RuntimeException("the first"), cause -> new RuntimeException("x", cause))
                .skip(length)
                .findFirst()
                .orElseThrow();
    }

    private static Throwable nested() {
        RuntimeException outermost = new RuntimeException("innermost");
        for (int i = 0; i < MANY; i++) {
            outermost = suppressing(outermost);
        }
        return outermost;
    }

    private static Throwable sideBySide() {
        RuntimeException all = new RuntimeException("x");
        for (int i = 0; i < MANY; i++) {
            all.addSuppressed(new RuntimeException("suppressed"));
        }
        return all;
    }

    private static Throwable overflow() {
        try {
            return endless();
        } catch (StackOverflowError e) {
            return e;
        }
    }

    @SuppressWarnings("InfiniteRecursion") // that is what it is for
    private static Throwable endless() {
        return endless();
    }

    /** Fails whatever it is asked. */
    private static final class AnswersNothing extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private static <T> T fail() {
            throw new AssertionError(new IllegalStateException("it cannot be asked"));
        }

        @Override
        public String getMessage() {
            return fail();
        }

        @Override
        public String getLocalizedMessage() {
            return fail();
        }

        @Override
        public synchronized Throwable getCause() {
            return fail();
        }

        @Override
        public StackTraceElement[] getStackTrace() {
            return fail();
        }

        @Override
        public void printStackTrace(java.io.PrintStream stream) {
            fail();
        }

        @Override
        public void printStackTrace(java.io.PrintWriter writer) {
            fail();
        }

        @Override
        public String toString() {
            return fail();
        }

        @Override
        public int hashCode() {
            return fail();
        }

        @Override
        @SuppressWarnings("EqualsUnsafeCast") // it does not come so far
        public boolean equals(Object other) {
            return fail();
        }
    }

    private static final class OverflowsTheStack extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            return toString();
        }

        @Override
        public synchronized Throwable getCause() {
            return new RuntimeException(toString());
        }
    }

    private static final class HasNothing extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            return null;
        }

        @Override
        public StackTraceElement[] getStackTrace() {
            return null;
        }

        @Override
        public String toString() {
            return null;
        }
    }

    private static final class NeverEnds extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public synchronized Throwable getCause() {
            return new NeverEnds();
        }
    }

    private static final class UnreadableSqlError extends SQLException {
        private static final long serialVersionUID = 1L;

        @Override
        public String getSQLState() {
            throw new IllegalStateException("it cannot be asked");
        }

        @Override
        public int getErrorCode() {
            throw new IllegalStateException("it cannot be asked");
        }

        @Override
        public SQLException getNextException() {
            return new UnreadableSqlError();
        }

        @Override
        public String getMessage() {
            throw new StackOverflowError();
        }
    }
}
