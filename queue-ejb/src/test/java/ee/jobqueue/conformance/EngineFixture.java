package ee.jobqueue.conformance;

import static org.awaitility.Awaitility.await;

import ee.jobqueue.JobId;
import ee.jobqueue.Status;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ThrowingRunnable;

/** What the engine's contracts use: servers on the store under test, and bounded waits. */
interface EngineFixture extends StoreFixture {

    /** How long anything in these tests may take. */
    Duration DEADLINE = Duration.ofSeconds(20);

    /** A server on the store under test; close it. */
    default TestServer server() {
        return new TestServer(harness());
    }

    /** Waits until something holds. */
    default void eventually(ThrowingRunnable assertion) {
        await().atMost(DEADLINE).pollInterval(Duration.ofMillis(5)).untilAsserted(assertion);
    }

    /** Waits until a job stands there. */
    default void awaitStatus(JobId job, Status status) {
        await().atMost(DEADLINE)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> job(job).job().status(), status::equals);
    }

    /** Waits for a signal, within the deadline. */
    static void signal(CountDownLatch latch) {
        try {
            if (!latch.await(DEADLINE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("the signal did not come");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
