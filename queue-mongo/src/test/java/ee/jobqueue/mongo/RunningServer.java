package ee.jobqueue.mongo;

import org.opentest4j.TestAbortedException;

/** A server that was started, or found. */
@FunctionalInterface
interface RunningServer extends AutoCloseable {

    /** Where clients connect; without a database. */
    String uri();

    /**
     * Kills it as a failing machine would.
     *
     * @throws TestAbortedException when it is not ours to kill
     */
    default void kill() {
        throw new TestAbortedException("NOT RUN: the server at " + uri() + " is not this test's to kill");
    }

    /** Starts it again after {@link #kill}, at the same address and with what was acknowledged. */
    default void startAgain() {
        throw new TestAbortedException("NOT RUN: the server at " + uri() + " is not this test's to start");
    }

    /** Ends it, when it was started here. */
    @Override
    default void close() {
        // it was there before
    }
}
