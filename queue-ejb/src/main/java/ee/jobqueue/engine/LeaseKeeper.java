package ee.jobqueue.engine;

import ee.jobqueue.CancellationReason;
import ee.jobqueue.JobId;
import ee.jobqueue.spi.Errors;
import ee.jobqueue.spi.NewWorker;
import ee.jobqueue.spi.QueueLog;
import ee.jobqueue.spi.Renewal;
import ee.jobqueue.spi.WorkerId;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Keeps this worker's one lease, whatever runs. It does nothing else: what may wait for a lock has a schedule of its own
 * ({@link Reconciler}, {@link Reaper}, {@link Sweeper}).
 *
 * <p>The next renewal is planned before the store is asked, so that one that hangs delays none. One that fails is tried again
 * earlier, until the lease is over by this server's own clock, counted from before the last renewal that succeeded. Then,
 * and when the store has forgotten the worker, all attempts are told and the worker goes on under a new id.
 *
 * <p>What a tick asks of the store is asked once before the lease begins: the first time, an ORM on a loaded machine needs
 * seconds to prepare a statement. Safe for use by several threads.
 */
final class LeaseKeeper {

    private static final System.Logger LOG = QueueLog.logger();

    private final WorkerParts parts;
    private final Runnable begun;
    private final Runnable othersOver;
    private final Duration lease;
    private final Duration interval;

    // Guarded by this, which is never held while the store is asked.
    private @Nullable WorkerId worker;
    private boolean stopped;
    private long leaseEnd;
    private int errors;
    private int planned;
    private long due;
    private @Nullable RenewalTimes latest;

    /**
     * A keeper of no lease yet.
     *
     * @param begun is run when the worker has a lease, in the thread that got it
     * @param othersOver is run when the lease of another worker is seen to be over
     */
    LeaseKeeper(WorkerParts parts, Runnable begun, Runnable othersOver) {
        this.parts = parts;
        this.begun = begun;
        this.othersOver = othersOver;
        this.lease = parts.settings().lease();
        this.interval = parts.settings().renewInterval();
    }

    /** Makes the worker known, as soon as the store answers. Called once. */
    void start() {
        plan(Duration.ZERO, this::register);
    }

    /** Under which id jobs run in this server; {@code null} while it has no lease. */
    synchronized @Nullable WorkerId worker() {
        return worker;
    }

    /** Renews no more. */
    synchronized @Nullable WorkerId stop() {
        stopped = true;
        return worker;
    }

    private void register() {
        try {
            NewWorker self = new NewWorker(
                    parts.settings().workerName(),
                    parts.types().processed(),
                    parts.settings().concurrency());
            long registration = parts.timer().nanoTime();
            WorkerId registered = parts.store().inNew(s -> s.register(self, lease));
            begin(registered, askOnce(registered, registration));
        } catch (Throwable e) { // whatever it is, the worker goes on
            Duration delay = nextTry();
            LOG.log(
                    Level.WARNING,
                    "the worker could not register, next try in " + delay.toMillis() + " ms: " + Errors.line(e));
            plan(delay, this::register);
        }
    }

    /**
     * Asks what the ticks of a worker ask, and renews with it a lease that has grown old meanwhile. What fails here may succeed
     * there.
     *
     * @return from when the lease counts
     */
    private long askOnce(WorkerId registered, long registration) {
        long renewal;
        boolean kept;
        try {
            parts.store().reading(s -> s.running(registered));
            parts.store().reading(s -> s.job(new JobId(UUID.randomUUID().toString())));
            parts.store().inNew(s -> s.renew(registered, lease));
            renewal = parts.timer().nanoTime();
            kept = parts.store().inNew(s -> s.renew(registered, lease)).kept();
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, () -> "the first question of a worker has failed: " + Errors.line(e));
            return registration;
        }
        if (!kept) {
            throw new IllegalStateException("its lease was over before its statements were prepared");
        }
        return renewal;
    }

    private void begin(WorkerId registered, long begin) {
        synchronized (this) {
            worker = registered; // also when it has stopped meanwhile: it is to be retired
            errors = 0;
            leaseEnd = begin + lease.toNanos();
            latest = null;
        }
        LOG.log(
                Level.INFO,
                "worker " + registered + " started: " + parts.types().processed());
        plan(interval, this::renew);
        watch(registered);
        begun.run();
    }

    private void renew() {
        WorkerId current;
        RenewalTimes times;
        int next;
        synchronized (this) {
            current = worker;
            if (current == null) {
                return;
            }
            times = new RenewalTimes(parts.timer(), due);
            latest = times;
            next = plan(interval, this::renew);
        }
        try {
            Renewal renewal = parts.store().inNew(s -> {
                times.transactionBegan();
                Renewal told = s.renew(current, lease);
                times.statementEnded();
                return told;
            });
            times.committed();
            renewed(current, renewal, times);
        } catch (Throwable e) { // whatever it is, the worker goes on
            times.failed();
            renewalFailed(next, e);
        }
    }

    private void renewed(WorkerId current, Renewal renewal, RenewalTimes times) {
        if (!renewal.kept()) {
            lose(current, "another worker saw that its lease was over");
            return;
        }
        synchronized (this) {
            long end = times.begun() + lease.toNanos();
            if (current.equals(worker) && end - leaseEnd > 0) {
                leaseEnd = end;
                errors = 0;
            }
        }
        if (times.took().compareTo(interval) > 0) {
            LOG.log(Level.WARNING, "renewing the lease of " + lease + " was slow: " + times);
        }
        parts.telling().now(listener -> listener.leaseRenewed(times.told()));
        if (renewal.othersOver()) {
            othersOver.run();
        }
    }

    /** Tries again, unless the one that was planned after it has begun meanwhile. */
    private void renewalFailed(int next, Throwable error) {
        Duration delay = nextTry();
        LOG.log(
                Level.WARNING,
                "renewing the lease failed, next try in " + delay.toMillis() + " ms: " + Errors.line(error));
        synchronized (this) {
            if (next == planned) {
                plan(delay, this::renew);
            }
        }
    }

    /** Waits for the end of the lease, which each renewal puts off: the store may have no answer, not even an error. */
    private void watch(WorkerId watched) {
        Duration left;
        synchronized (this) {
            if (stopped || !watched.equals(worker)) {
                return;
            }
            left = Duration.ofNanos(leaseEnd - parts.timer().nanoTime());
        }
        if (left.isNegative() || left.isZero()) {
            lose(watched, "it was not renewed in time; of the last try: " + latest);
        } else {
            parts.later(left, () -> watch(watched));
        }
    }

    private void lose(WorkerId lost, String reason) {
        synchronized (this) {
            if (!lost.equals(worker)) {
                return;
            }
            worker = null; // nothing is acquired from here on, so that only attempts under the lost id are told
        }
        LOG.log(Level.WARNING, "worker " + lost + " has lost its lease, " + reason + "; it goes on under a new id");
        parts.running().cancelAll(CancellationReason.LEASE_LOST);
        plan(Duration.ZERO, this::register);
    }

    private synchronized Duration nextTry() {
        errors++;
        Duration delay = Backoff.STORE.delay(errors, parts.random());
        return delay.compareTo(interval) < 0 ? delay : interval;
    }

    /** Plans a step in place of the one that was planned before; answers its number. */
    private synchronized int plan(Duration delay, Runnable step) {
        int number = ++planned;
        due = parts.timer().nanoTime() + delay.toNanos();
        if (!stopped) {
            parts.later(delay, () -> {
                if (isPlanned(number)) {
                    step.run();
                }
            });
        }
        return number;
    }

    private synchronized boolean isPlanned(int number) {
        return !stopped && number == planned;
    }
}
