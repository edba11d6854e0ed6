package ee.jobqueue.chaos.proxy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * Lies in wait for the commit of transactions of a kind. Safe for use by several threads.
 *
 * @since 0.1
 */
public final class Ambush {

    /** What happens to the commit. */
    public enum Deed {
        /** The database is asked to commit; its answer is lost, and the connection is broken. */
        LOSE_ANSWER,
        /** The same, and the client is not told before the network is mended: it waits for as long as it likes. */
        LOSE_ANSWER_IN_SILENCE,
        /** The database is not asked: this connection is frozen, and the transaction stays open. */
        FREEZE_CONNECTION,
        /** The database is not asked: all connections of this client are frozen. */
        LOSE_NETWORK
    }

    private final Predicate<String> statement;
    private final Deed deed;
    private final AtomicInteger left;
    private final CountDownLatch sprung;

    /**
     * Lies in wait.
     *
     * @param statement transactions that have executed such a statement are meant
     * @param deed what happens to their commit
     * @param times how often; later ones pass
     */
    public Ambush(Predicate<String> statement, Deed deed, int times) {
        this.statement = statement;
        this.deed = deed;
        this.left = new AtomicInteger(times);
        this.sprung = new CountDownLatch(times);
    }

    /**
     * Waits until it has happened as often as it shall.
     *
     * @param atMost how long
     * @return whether it has
     * @throws InterruptedException when the thread is interrupted
     */
    public boolean await(Duration atMost) throws InterruptedException {
        return sprung.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Whether the commit of a transaction with these statements is met. */
    boolean meets(List<String> transaction) {
        if (transaction.stream().noneMatch(statement) || left.getAndUpdate(n -> Math.max(0, n - 1)) == 0) {
            return false;
        }
        sprung.countDown();
        return true;
    }

    Deed deed() {
        return deed;
    }
}
