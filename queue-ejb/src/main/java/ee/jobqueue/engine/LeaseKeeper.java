package ee.jobqueue.engine;

import ee.jobqueue.CancellationReason;
import ee.jobqueue.Job;
import ee.jobqueue.spi.Errors;
import ee.jobqueue.spi.NewWorker;
import ee.jobqueue.spi.QueueLog;
import ee.jobqueue.spi.Reaped;
import ee.jobqueue.spi.Renewal;
import ee.jobqueue.spi.Token;
import ee.jobqueue.spi.WorkerId;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps this worker's one lease, whatever runs, and compares both ways what the store and this server believe to be
 * running: an attempt that the store does not know is told, a job that this server does not know at two ticks (the answer
 * of its acquire was lost) goes back. With nothing running here it looks only while such an answer may have been lost
 * within the last lease: long enough for a commit that is late. When another worker's lease is over, its jobs are reaped.
 *
 * <p>A renewal that fails is tried again until the lease is over by this server's own clock, counted from before the last
 * renewal that succeeded. Then, and when the store has forgotten the worker, all attempts are told and the worker goes on
 * under a new id.
 */
final class LeaseKeeper {

    private static final System.Logger LOG = QueueLog.logger();

    private final WorkerParts parts;
    private final Dispatcher dispatcher;
    private final Ownership ownership;
    private final Set<Token> unknownAtLastTick = new HashSet<>();
    private volatile @Nullable WorkerId worker;
    private volatile boolean stopped;
    private volatile long leaseEnd;
    private volatile long lookUntil;
    private int errors;

    LeaseKeeper(WorkerParts parts, Dispatcher dispatcher) {
        this.parts = parts;
        this.dispatcher = dispatcher;
        this.lookUntil = parts.timer().nanoTime();
        this.ownership = new Ownership(parts.store(), parts.running());
    }

    /** Makes the worker known, as soon as the store answers. */
    void start() {
        long begin = parts.timer().nanoTime();
        try {
            NewWorker self = new NewWorker(
                    parts.settings().workerName(),
                    parts.types().processed(),
                    parts.settings().concurrency());
            WorkerId registered =
                    parts.store().inNew(s -> s.register(self, parts.settings().lease()));
            errors = 0;
            leaseEnd = begin + parts.settings().lease().toNanos();
            worker = registered;
            LOG.log(
                    Level.INFO,
                    "worker " + registered + " started: " + parts.types().processed());
            dispatcher.acquireFor(registered);
            next(parts.settings().renewInterval(), this::tick);
        } catch (Throwable e) { // whatever it is, the worker goes on
            Duration delay = nextTry();
            LOG.log(
                    Level.WARNING,
                    "the worker could not register, next try in " + delay.toMillis() + " ms: " + Errors.line(e));
            next(delay, this::start);
        }
    }

    /** Renews no more. */
    @Nullable WorkerId stop() {
        stopped = true;
        return worker;
    }

    private void tick() {
        WorkerId current = worker;
        if (stopped || current == null) {
            return;
        }
        long begin = parts.timer().nanoTime();
        try {
            if (parts.running().takeIncomplete()) {
                lookUntil = begin + parts.settings().lease().toNanos();
            }
            boolean look = begin - lookUntil < 0 || !parts.running().isEmpty() || !unknownAtLastTick.isEmpty();
            Seen seen = parts.store().inNew(s -> {
                Renewal renewal = s.renew(current, parts.settings().lease());
                return new Seen(renewal, look && renewal.kept() ? s.running(current) : null);
            });
            errors = 0;
            if (!seen.renewal().kept()) {
                loseLease("another worker saw that its lease was over");
                return;
            }
            leaseEnd = begin + parts.settings().lease().toNanos();
            compare(seen.running());
            if (seen.renewal().othersOver()) {
                reap();
            }
            next(parts.settings().renewInterval(), this::tick);
        } catch (Throwable e) { // whatever it is, the worker goes on
            renewalFailed(e);
        }
    }

    private record Seen(Renewal renewal, @Nullable List<Token> running) {}

    private void renewalFailed(Throwable error) {
        if (parts.timer().nanoTime() - leaseEnd >= 0) {
            loseLease("it could not be renewed in time: " + Errors.line(error));
            return;
        }
        Duration delay = nextTry();
        LOG.log(
                Level.WARNING,
                "renewing the lease failed, next try in " + delay.toMillis() + " ms: " + Errors.line(error));
        next(delay, this::tick);
    }

    private void loseLease(String reason) {
        LOG.log(Level.WARNING, "worker " + worker + " has lost its lease, " + reason + "; it goes on under a new id");
        worker = null;
        dispatcher.acquireFor(null);
        parts.running().cancelAll(CancellationReason.LEASE_LOST);
        unknownAtLastTick.clear();
        start();
    }

    private void compare(@Nullable List<Token> inStore) {
        if (inStore == null) {
            return;
        }
        Set<Token> stored = Set.copyOf(inStore);
        ownership.checkOthers(stored);
        Set<Token> unknown = new HashSet<>(stored);
        unknown.removeAll(parts.running().tokens());
        List<Token> lost = unknown.stream().filter(unknownAtLastTick::contains).toList();
        if (!lost.isEmpty()) {
            LOG.log(Level.WARNING, lost.size() + " jobs run under this worker without its knowledge; they go back");
            parts.giveBack(lost);
            dispatcher.wake();
        }
        unknownAtLastTick.clear();
        unknownAtLastTick.addAll(unknown);
    }

    private void reap() {
        List<Job> reaped = parts.store().inNew(s -> {
            Reaped found = s.reap(parts.settings().attemptLimits());
            if (!found.jobs().isEmpty()) {
                parts.telling().afterCommit(listener -> listener.reaped(found.jobs()));
            }
            parts.telling().afterCommit(found.resolved());
            return found.jobs();
        });
        LOG.log(Level.INFO, "reaped " + reaped.size() + " jobs of workers whose lease is over");
    }

    private Duration nextTry() {
        errors++;
        Duration delay = Backoff.STORE.delay(errors, parts.random());
        Duration renew = parts.settings().renewInterval();
        return delay.compareTo(renew) < 0 ? delay : renew;
    }

    private void next(Duration delay, Runnable task) {
        if (!stopped) {
            parts.later(delay, task);
        }
    }
}
