package ee.jobqueue.engine;

import ee.jobqueue.CancellationReason;
import ee.jobqueue.spi.Errors;
import ee.jobqueue.spi.QueueLog;
import ee.jobqueue.spi.Token;
import ee.jobqueue.spi.WorkerId;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Runs jobs in this server: a dispatcher, the lease, and what looks after jobs that are nobody's.
 *
 * <p>A server that stops may refuse tasks long before it tells the application. From the first refusal on this worker
 * acquires no more and its attempts are told, but its lease is renewed until they have ended. Should the server take tasks
 * again, it acquires again.
 */
final class Worker {

    private static final System.Logger LOG = QueueLog.logger();

    /** Far longer than a statement takes; the stop of a server does not hang on a lost connection. */
    private static final Duration LONGEST_END = Duration.ofSeconds(5);

    private final WorkerParts parts;
    private final Dispatcher dispatcher;
    private final LeaseKeeper leaseKeeper;
    private final Reconciler reconciler;
    private final Reaper reaper;
    private final Sweeper sweeper;
    private final AtomicBoolean isRefused = new AtomicBoolean();
    private volatile boolean stopped;

    Worker(WorkerParts parts, Wakeups wakeups) {
        this.parts = parts;
        this.dispatcher = new Dispatcher(parts, new AttemptRunner(parts), this::acquiresFor);
        this.reaper = new Reaper(parts);
        this.leaseKeeper = new LeaseKeeper(parts, this::leaseBegan, reaper::wake);
        this.reconciler = new Reconciler(parts, leaseKeeper::worker, dispatcher);
        this.sweeper = new Sweeper(parts, dispatcher::wake);
        wakeups.onDue(dispatcher::wake);
    }

    void start() {
        parts.executor().onRefusal(this::refused);
        leaseKeeper.start();
        reconciler.start();
        sweeper.start();
        askForRefusal();
    }

    /** Nobody may have looked for dead workers while this server was away. */
    private void leaseBegan() {
        reaper.reap();
        dispatcher.wake();
    }

    private @Nullable WorkerId acquiresFor() {
        return stopped || isRefused.get() ? null : leaseKeeper.worker();
    }

    /** With all slots busy nothing is handed to the executor, so that its refusal would go unseen. */
    private void askForRefusal() {
        if (stopped) {
            return;
        }
        if (parts.executor().takesMore() && isRefused.compareAndSet(true, false)) {
            LOG.log(Level.INFO, "the server takes tasks again; jobs are acquired again");
            dispatcher.wake();
        }
        parts.later(parts.settings().pollInterval(), this::askForRefusal);
    }

    private void refused() {
        if (isRefused.compareAndSet(false, true) && !stopped) {
            LOG.log(
                    Level.INFO,
                    "the server takes no more tasks, it seems to stop: no more jobs are acquired, the lease is kept for "
                            + parts.running().all().size() + " attempts");
            parts.running().cancelAll(CancellationReason.WORKER_STOPPING);
            parts.later(Duration.ZERO, this::giveBackUnstarted);
        }
    }

    /**
     * Acquires no more, tells the running attempts, gives back those that did not begin, and waits for the others until
     * the drain time is over; what runs then is left to the lease.
     */
    void stop() {
        stopped = true;
        sweeper.stop();
        parts.running().cancelAll(CancellationReason.WORKER_STOPPING);
        giveBackUnstarted();
        Duration drain = parts.settings().drainTimeout();
        boolean drained = parts.running().awaitEmpty(drain);
        reconciler.stop();
        WorkerId worker = leaseKeeper.stop();
        if (drained && !parts.executor().awaitEnd(LONGEST_END)) {
            LOG.log(Level.WARNING, "a statement of the worker does not end; it is left behind");
        }
        giveBackUnstarted();
        if (!drained) {
            LOG.log(
                    Level.WARNING,
                    parts.running().all().size() + " attempts still run after " + drain.toSeconds()
                            + " s; they are left to the lease");
        }
        if (worker != null) {
            retire(worker);
        }
    }

    private void giveBackUnstarted() {
        List<RunningAttempt> unstarted =
                parts.running().all().stream().filter(RunningAttempt::begin).toList();
        if (unstarted.isEmpty()) {
            return;
        }
        List<Token> tokens = unstarted.stream().map(RunningAttempt::token).toList();
        unstarted.forEach(parts.running()::remove);
        try {
            parts.giveBack(tokens);
        } catch (Throwable e) { // whatever it is, the stop goes on
            LOG.log(
                    Level.WARNING,
                    tokens.size() + " jobs could not be given back; they are left to the lease: " + Errors.line(e));
        }
    }

    private void retire(WorkerId worker) {
        try {
            parts.store().inNew(s -> {
                s.retire(worker);
                return null;
            });
            LOG.log(Level.INFO, "worker " + worker + " stopped");
        } catch (Throwable e) { // whatever it is, the stop goes on
            LOG.log(
                    Level.WARNING,
                    "worker " + worker + " could not be retired; its lease will end it: " + Errors.line(e));
        }
    }
}
