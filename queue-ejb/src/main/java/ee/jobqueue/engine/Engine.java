package ee.jobqueue.engine;

import ee.jobqueue.InvalidConfigurationException;
import ee.jobqueue.InvalidJobTypeException;
import ee.jobqueue.JobQueue;
import ee.jobqueue.StoreUnavailableException;
import ee.jobqueue.spi.QueueLog;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Puts the parts together and starts and stops them. Safe for use by several threads once started.
 *
 * @since 0.1
 */
public final class Engine {

    private static final System.Logger LOG = QueueLog.logger();

    private final WorkerParts parts;
    private final JobQueue queue;
    private final Wakeups wakeups;
    private final @Nullable NotifierPorts notifier;
    private final TypesElsewhere elsewhere;
    private @Nullable Worker worker;
    private @Nullable Listening listening;
    private boolean started;
    private boolean running;
    private volatile boolean stopped;

    private Engine(WorkerParts parts, JobQueue queue, Wakeups wakeups, @Nullable NotifierPorts notifier) {
        this.parts = parts;
        this.queue = queue;
        this.wakeups = wakeups;
        this.notifier = notifier;
        this.elsewhere =
                new TypesElsewhere(parts.types().leftToOthers(), parts.store(), parts.timer(), parts.executor());
    }

    /**
     * Puts an engine together; nothing runs yet, and the store is not touched.
     *
     * @param ports what it is given
     * @param settings its settings
     * @param processors who runs which types
     * @return the engine
     * @throws InvalidJobTypeException when a job type or a processor is not valid
     */
    public static Engine assemble(EnginePorts ports, Settings settings, Collection<ProcessorRegistration> processors) {
        JobTypes types = new JobTypes(processors, ports.codec(), settings.typesToRun());
        Payloads payloads = new Payloads(ports.codec(), types, settings.maxPayloadBytes());
        StoreAccess store = new StoreAccess(ports.store(), ports.transactions());
        Wakeups wakeups = new Wakeups();
        RunningAttempts running = new RunningAttempts();
        List<QueueListener> listeners = new ArrayList<>(List.of(wakeups, running, new LogListener()));
        listeners.addAll(ports.listeners());
        Telling telling = new Telling(ports.transactions(), listeners);
        JobDrafts drafts = new JobDrafts(types, payloads);
        Finisher finisher = new Finisher(drafts, payloads);
        Management management = new Management(store, telling);
        Deleting deleting = new Deleting(store, telling);
        JobQueue queue = new StoreBackedJobQueue(
                new Starting(store, drafts, payloads, telling),
                new OutsideCompletion(store, types, payloads, finisher, telling),
                new Awaiting(store, ports.transactions(), payloads, wakeups, ports.timer(), settings.pollInterval()),
                new Lookup(store, types, payloads),
                new Explaining(store),
                deleting,
                management,
                new ByFilter(store, management, deleting));
        WorkerParts parts = new WorkerParts(
                store,
                ports.transactions(),
                types,
                payloads,
                finisher,
                telling,
                running,
                settings,
                ports.timer(),
                new Tasks(ports.executor()),
                new SplittableRandom());
        return new Engine(parts, queue, wakeups, ports.notifier());
    }

    /**
     * Checks job types and processors as {@link #assemble} does, when the application deploys.
     *
     * @param processors who runs which types
     * @param codec writes and reads payloads
     * @throws InvalidJobTypeException for the first that is not valid
     */
    public static void check(Collection<ProcessorRegistration> processors, PayloadCodec codec) {
        new JobTypes(processors, codec, Optional.empty());
    }

    /**
     * The front door.
     *
     * @return the queue; its calls are refused until the store is prepared
     */
    public JobQueue queue() {
        return queue;
    }

    /**
     * Prepares the store: from then on the queue takes calls. A store that does not answer is tried again in the
     * background, so that the application starts. Called once.
     *
     * @throws InvalidConfigurationException when the store cannot work as configured
     */
    public void prepare() {
        prepare(1);
    }

    /**
     * Runs jobs in this server and listens to the others, as soon as the store is prepared. Called once, after {@link
     * #prepare}.
     */
    public synchronized void start() {
        started = true;
        startWhenReady();
    }

    /** Listens no more, stops the worker and waits for its running attempts up to the drain time. */
    public void stop() {
        Worker begun;
        Listening open;
        synchronized (this) {
            stopped = true;
            begun = worker;
            open = listening;
        }
        if (open != null) {
            open.stop(); // its connection ends while the worker drains; the attempts have been told to stop anyway
        }
        if (begun != null) {
            begun.stop();
        }
        if (open != null) {
            open.awaitEnd();
        }
    }

    /**
     * Whether the store was reached and prepared, and answered when this server's worker last asked it. Asks nothing
     * itself.
     *
     * @return whether the queue takes calls
     */
    public boolean isReady() {
        return parts.store().isPrepared() && parts.store().isAnswering();
    }

    /**
     * The types that this server has processors for and leaves to others, though no live server runs them. As it was seen
     * within the last half minute; nothing while that is not known. Asks nothing itself: it has the executor look, at most
     * once in ten seconds, and only where there are such types.
     *
     * @return their names, in order
     */
    public SortedSet<String> typesNobodyRuns() {
        return elsewhere.nobodyRuns();
    }

    private void prepare(int tries) {
        try {
            parts.store().prepare();
        } catch (StoreUnavailableException e) {
            prepareLater(tries, e);
            return;
        }
        startWhenReady();
    }

    private void prepareLater(int tries, Throwable error) {
        Duration delay = Backoff.STORE.delay(tries, parts.random());
        LOG.log(Level.WARNING, "the store does not answer, next try in " + delay.toMillis() + " ms", error);
        parts.later(delay, () -> prepareInBackground(tries + 1));
    }

    private void prepareInBackground(int tries) {
        if (stopped) {
            return;
        }
        try {
            prepare(tries);
        } catch (InvalidConfigurationException e) {
            LOG.log(Level.ERROR, "the queue stays unavailable until this is mended and the application restarted", e);
        } catch (Throwable e) { // whatever it is, it may be gone at the next try
            prepareLater(tries, e);
        }
    }

    private synchronized void startWhenReady() {
        if (stopped || !started || running || !parts.store().isPrepared()) {
            return;
        }
        running = true;
        if (parts.settings().workerEnabled()) {
            worker = new Worker(parts, wakeups);
            worker.start();
        } else {
            LOG.log(Level.INFO, "no jobs run in this server: jobqueue.worker.enabled is false");
        }
        if (notifier != null) {
            listenTo(notifier);
        }
    }

    private void listenTo(NotifierPorts ports) {
        Listening begun = new Listening(parts, ports.notifier(), wakeups);
        try {
            ports.threads().newThread(begun).start();
            listening = begun;
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "there is no thread that listens to other servers, the store is polled", e);
        }
    }
}
