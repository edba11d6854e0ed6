package ee.jobqueue.jpa;

import ee.jobqueue.Attempt;
import ee.jobqueue.Outcome;
import ee.jobqueue.conformance.EngineJobs.First;
import ee.jobqueue.conformance.EngineJobs.Next;
import ee.jobqueue.conformance.TestServer;
import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server in a JVM of its own: runs {@link First} and {@link Next} and enters each job in the ledger, in the transaction
 * that finishes it. Ends with its input, and so with the test that started it.
 */
final class ServerProcess {

    /** What it prints when it waits with an open transaction, in which it has written. */
    static final String WRITING = "writing";

    /** Longer than the test lasts. */
    private static final int STAYS_OPEN_SECONDS = 300;

    private final JpaHarness harness;
    private final String name;
    private final int stopsAt;
    private final AtomicInteger entries = new AtomicInteger();

    private ServerProcess(JpaHarness harness, String name, int stopsAt) {
        this.harness = harness;
        this.name = name;
        this.stopsAt = stopsAt;
    }

    /**
     * Runs a server.
     *
     * @param arguments which database and where, the server's name, how many attempts run at once, and with which of its
     *     attempts it stops in the middle, 0 for none
     * @throws IOException when the input cannot be read
     * @throws SQLException when the address is none
     */
    public static void main(String[] arguments) throws IOException, SQLException {
        try (JpaHarness harness = JpaHarness.at(SqlDatabase.valueOf(arguments[0]), arguments[1])) {
            ServerProcess process = new ServerProcess(harness, arguments[2], Integer.parseInt(arguments[4]));
            try (TestServer server = new TestServer(harness)
                    .runs(First.class, (input, attempt) -> process.run(1, input.count(), attempt))
                    .runs(Next.class, (input, attempt) -> process.run(input.position(), input.count(), attempt))
                    .concurrency(Integer.parseInt(arguments[3]))) {
                server.start();
                while (System.in.read() >= 0) {
                    // the test sends nothing; it closes
                }
            }
        }
    }

    private Outcome<String> run(int position, int count, Attempt attempt) {
        harness.transactions()
                .call(session -> session.createNativeMutationQuery(
                                "INSERT INTO ledger (job_id, server) VALUES (:job, :server)")
                        .setParameter("job", attempt.job().id().value())
                        .setParameter("server", name)
                        .executeUpdate());
        if (entries.incrementAndGet() == stopsAt) {
            stayOpen();
        }
        return position < count ? Outcome.continueWith(new Next(position + 1, count)) : Outcome.complete("done");
    }

    private static void stayOpen() {
        System.out.println(WRITING);
        try {
            if (!new CountDownLatch(1).await(STAYS_OPEN_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody has ended this process");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }
}
