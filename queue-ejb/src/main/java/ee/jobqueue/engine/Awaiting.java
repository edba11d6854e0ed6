package ee.jobqueue.engine;

import ee.jobqueue.AwaitTimedOutException;
import ee.jobqueue.Chain;
import ee.jobqueue.ChainFailedException;
import ee.jobqueue.ChainId;
import ee.jobqueue.ChainNotFoundException;
import ee.jobqueue.Status;
import ee.jobqueue.TransactionNotAllowedException;
import ee.jobqueue.spi.StoredJob;
import ee.jobqueue.spi.Transactions;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Waits for a chain: subscribes, then looks, then waits, so that no end slips through in between. */
final class Awaiting {

    private final StoreAccess store;
    private final Transactions transactions;
    private final Payloads payloads;
    private final Wakeups wakeups;
    private final Timer timer;
    private final Duration pollInterval;

    Awaiting(
            StoreAccess store,
            Transactions transactions,
            Payloads payloads,
            Wakeups wakeups,
            Timer timer,
            Duration pollInterval) {
        this.store = store;
        this.transactions = transactions;
        this.payloads = payloads;
        this.wakeups = wakeups;
        this.timer = timer;
        this.pollInterval = pollInterval;
    }

    <O> O await(ChainId id, Duration timeout) throws InterruptedException {
        if (transactions.isActive()) {
            throw new TransactionNotAllowedException(
                    "await",
                    "a transaction does not see the completion, or has not committed the start; call it outside");
        }
        if (InAttempt.isCurrent()) {
            throw new TransactionNotAllowedException(
                    "await",
                    "an attempt would hold a slot that the chain may need; make the chain a blocker of the job");
        }
        Semaphore signal = new Semaphore(0);
        wakeups.subscribe(id, signal);
        try {
            return waitFor(id, timeout, signal);
        } finally {
            wakeups.unsubscribe(id, signal);
        }
    }

    private <O> O waitFor(ChainId id, Duration timeout, Semaphore signal) throws InterruptedException {
        long begin = timer.nanoTime();
        while (true) {
            StoredJob last = store.reading(s -> s.chain(id)).orElseThrow(() -> new ChainNotFoundException(id));
            Status status = last.job().status();
            if (status == Status.COMPLETED) {
                return this.<O>result(last);
            }
            if (status.isOver()) {
                throw new ChainFailedException(id, status, last.job().lastError());
            }
            long left = timeout.toNanos() - (timer.nanoTime() - begin);
            if (left <= 0) {
                throw new AwaitTimedOutException(id, status, timeout);
            }
            if (signal.tryAcquire(Math.min(left, pollInterval.toNanos()), TimeUnit.NANOSECONDS)) {
                signal.drainPermits();
            }
        }
    }

    @SuppressWarnings("NullAway") // null only where the chain yields Void
    private <O> O result(StoredJob last) {
        Chain<O> chain = payloads.chain(last, false);
        return chain.result();
    }
}
