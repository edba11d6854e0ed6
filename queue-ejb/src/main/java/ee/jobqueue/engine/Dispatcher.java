package ee.jobqueue.engine;

import ee.jobqueue.spi.Acquired;
import ee.jobqueue.spi.Errors;
import ee.jobqueue.spi.QueueLog;
import ee.jobqueue.spi.StoredJob;
import ee.jobqueue.spi.Token;
import ee.jobqueue.spi.WorkerId;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Acquires due jobs for the free slots of this server. No thread is parked: a wake-up runs a short task, wake-ups that
 * come while it runs make it run once more.
 *
 * <p>It asks the store when it is woken (a job may be due, a slot is free and more are known to be due), when the next job
 * is due, and once a poll interval; never while no slot is free. When jobs are short it does not fetch one for each slot
 * that becomes free: it waits until a quarter of them is, or for 5 ms.
 */
final class Dispatcher {

    private static final System.Logger LOG = QueueLog.logger();
    private static final Duration GATHER = Duration.ofMillis(5);
    private static final Duration SHORTEST_WAIT = Duration.ofMillis(1);

    private final WorkerParts parts;
    private final AttemptRunner runner;
    private final AtomicInteger wakes = new AtomicInteger();
    private final AtomicInteger freeSlots;
    private final int quarter;
    private final Supplier<@Nullable WorkerId> worker;
    private volatile boolean moreDue;
    private final AtomicLong acquires = new AtomicLong();

    // Only the running tick touches these.
    private Runnable cancelNextWake = () -> {};
    private int storeErrors;
    private long notBefore;

    /**
     * A dispatcher.
     *
     * @param worker for which worker jobs are acquired; for {@code null} none are
     */
    Dispatcher(WorkerParts parts, AttemptRunner runner, Supplier<@Nullable WorkerId> worker) {
        this.parts = parts;
        this.runner = runner;
        this.worker = worker;
        int concurrency = parts.settings().concurrency();
        this.freeSlots = new AtomicInteger(concurrency);
        this.quarter = Math.max(1, concurrency / 4);
        this.notBefore = parts.timer().nanoTime();
    }

    /** Looks for due jobs soon. Returns at once. */
    void wake() {
        if (wakes.getAndIncrement() == 0) {
            try {
                parts.executor().execute(this::drain);
            } catch (RejectedExecutionException e) {
                wakes.set(0); // the server stops: whoever hands out tasks has told so
                LOG.log(Level.DEBUG, () -> "not woken: " + Errors.line(e));
            }
        }
    }

    /**
     * Grows by one when an acquire begins and by one when what it brought runs here or has gone back: even while none is
     * under way.
     */
    long acquires() {
        return acquires.get();
    }

    private void drain() {
        int seen;
        do {
            seen = wakes.get();
            try {
                tick();
            } catch (Throwable e) { // whatever it is, the worker goes on
                postpone(e);
            }
        } while (!wakes.compareAndSet(seen, 0));
    }

    private void tick() {
        WorkerId current = worker.get();
        int free = freeSlots.get();
        if (current == null || free == 0 || parts.timer().nanoTime() - notBefore < 0) {
            return;
        }
        acquires.incrementAndGet();
        try {
            acquire(current, free);
        } finally {
            acquires.incrementAndGet();
        }
    }

    private void acquire(WorkerId current, int free) {
        Acquired acquired =
                parts.store().inNew(s -> s.acquire(current, parts.types().processed(), free));
        storeErrors = 0;
        if (!current.equals(worker.get())) { // it has stopped meanwhile, or lost its lease
            parts.giveBack(acquired.jobs().stream().map(StoredJob::token).toList());
            return;
        }
        moreDue = acquired.jobs().size() >= free;
        submit(acquired.jobs());
        if (!moreDue) {
            wakeIn(untilNextDue(acquired));
        }
    }

    private void submit(List<StoredJob> jobs) {
        List<Token> refused = new ArrayList<>();
        for (StoredJob job : jobs) {
            freeSlots.decrementAndGet();
            try {
                runner.submit(job, this::slotIsFree);
            } catch (Throwable e) { // the server stops, or its executor is broken
                freeSlots.incrementAndGet();
                refused.add(job.token());
                LOG.log(Level.DEBUG, () -> "job " + job.job().id() + " was refused: " + Errors.line(e));
            }
        }
        parts.giveBack(refused);
    }

    private void slotIsFree() {
        int free = freeSlots.incrementAndGet();
        if (!moreDue) {
            return;
        }
        if (free >= quarter) {
            wake();
        } else if (free == 1) {
            parts.timer().schedule(GATHER, this::wake);
        }
    }

    private Duration untilNextDue(Acquired acquired) {
        Duration poll = parts.settings().pollInterval();
        Duration next = acquired.nextDueIn();
        if (next == null || next.compareTo(poll) > 0) {
            return poll;
        }
        return next.compareTo(SHORTEST_WAIT) < 0 ? SHORTEST_WAIT : next;
    }

    private void wakeIn(Duration delay) {
        cancelNextWake.run();
        cancelNextWake = parts.timer().schedule(delay, this::wake);
    }

    /**
     * The store does not answer: asks again later, whoever wakes meanwhile. What was acquired may run under this worker
     * unknown to it.
     */
    private void postpone(Throwable error) {
        storeErrors++;
        parts.running().mayBeIncomplete();
        Duration delay = Backoff.STORE.delay(storeErrors, parts.random());
        LOG.log(Level.WARNING, "acquiring jobs failed, next try in " + delay.toMillis() + " ms: " + Errors.line(error));
        notBefore = parts.timer().nanoTime() + delay.toNanos();
        wakeIn(delay);
    }
}
