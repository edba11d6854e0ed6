package ee.jobqueue.conformance;

import ee.jobqueue.ChainStep;
import ee.jobqueue.JobProcessor;
import ee.jobqueue.JobQueue;
import ee.jobqueue.StagedJobProcessor;
import ee.jobqueue.engine.Backoff;
import ee.jobqueue.engine.Engine;
import ee.jobqueue.engine.EnginePorts;
import ee.jobqueue.engine.NotifierPorts;
import ee.jobqueue.engine.ProcessorHandle;
import ee.jobqueue.engine.ProcessorRegistration;
import ee.jobqueue.engine.ProcessorRegistration.Mode;
import ee.jobqueue.engine.QueueListener;
import ee.jobqueue.engine.Settings;
import ee.jobqueue.engine.Timer;
import ee.jobqueue.engine.TypeSettings;
import ee.jobqueue.spi.JobStore;
import ee.jobqueue.spi.Notifier;
import ee.jobqueue.spi.Transactions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * An engine on a store, with threads of its own: a server in a test. Several on one harness are a cluster. Each stands
 * before the store and its transactions with an {@link Interception}.
 *
 * @since 0.1
 */
public final class TestServer implements AutoCloseable {

    final Interception<JobStore> store;
    final Interception<Transactions> transactions;
    final Events events = new Events();
    private final List<QueueListener> listeners = new ArrayList<>();
    private final List<ProcessorRegistration> processors = new ArrayList<>();
    private final ExecutorService executor = Executors.newCachedThreadPool(TestServer::daemon);
    private final ExecutorService timerThreads = Executors.newCachedThreadPool(TestServer::daemon);
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(TestServer::daemon);
    private final AtomicBoolean takesNoMoreTasks = new AtomicBoolean();
    private int concurrency = 4;
    private int maxAttempts = 3;
    private Backoff backoff = new Backoff(Duration.ofMillis(1), 1, Duration.ofMillis(1), 0);
    private Duration timeout;
    private Duration lease = Duration.ofSeconds(30);
    private Duration renewInterval = Duration.ofMillis(100);
    private Duration pollInterval = Duration.ofMillis(50);
    private int payloadLimit = 1_000;
    private Duration drain = Duration.ofSeconds(5);
    private String name = "test";
    private Map<String, Integer> maxAttemptsByType = Map.of();
    private boolean worker = true;
    private Optional<Set<String>> types = Optional.empty();
    private NotifierPorts notifier;
    private Engine engine;

    /**
     * A server that has nothing yet.
     *
     * @param harness its store; several servers may share one
     */
    public TestServer(StoreHarness harness) {
        this(harness.store(), harness.transactions());
    }

    /**
     * A server that has nothing yet.
     *
     * @param store the store; prepared with the server
     * @param transactions the transactions in which its verbs act
     */
    public TestServer(JobStore store, Transactions transactions) {
        this.store = new Interception<>(JobStore.class, store);
        this.transactions = new Interception<>(Transactions.class, transactions);
    }

    /**
     * Runs jobs of a type in one transaction each.
     *
     * @param <I> the input
     * @param <O> what the chain yields
     * @param type the job type
     * @param processor its processor
     * @return this
     */
    public <I extends ChainStep<O>, O> TestServer runs(Class<I> type, JobProcessor<I, O> processor) {
        processors.add(new ProcessorRegistration(
                type,
                Mode.ATOMIC,
                processor.getClass(),
                ProcessorHandle.of((input, attempt) -> processor.execute(type.cast(input), attempt))));
        return this;
    }

    /**
     * Runs jobs of a type outside of any transaction, and finishes them in one.
     *
     * @param <I> the input
     * @param <O> what the chain yields
     * @param type the job type
     * @param processor its processor
     * @return this
     */
    public <I extends ChainStep<O>, O> TestServer runsStaged(Class<I> type, StagedJobProcessor<I, O> processor) {
        processors.add(new ProcessorRegistration(
                type,
                Mode.STAGED,
                processor.getClass(),
                ProcessorHandle.of((input, attempt) -> processor.execute(type.cast(input), attempt))));
        return this;
    }

    /**
     * Has so many slots.
     *
     * @param value how many
     * @return this
     */
    public TestServer concurrency(int value) {
        concurrency = value;
        return this;
    }

    /**
     * Fails a job after so many failures.
     *
     * @param value how many; 0 for no limit
     * @return this
     */
    public TestServer maxAttempts(int value) {
        maxAttempts = value;
        return this;
    }

    /** Runs jobs of these types only, of those that it has processors for. */
    TestServer types(String... names) {
        types = Optional.of(Set.of(names));
        return this;
    }

    /**
     * Fails jobs of some types after other numbers of failures.
     *
     * @param value how many, by the type's name; 0 for no limit
     * @return this
     */
    public TestServer maxAttempts(Map<String, Integer> value) {
        maxAttemptsByType = Map.copyOf(value);
        return this;
    }

    /**
     * Runs a job that has failed again after this time.
     *
     * @param delay the time
     * @return this
     */
    public TestServer backoff(Duration delay) {
        backoff = new Backoff(delay, 1, delay, 0);
        return this;
    }

    TestServer timeout(Duration value) {
        timeout = value;
        return this;
    }

    /**
     * Asks for due jobs so often.
     *
     * @param value the interval
     * @return this
     */
    public TestServer pollInterval(Duration value) {
        pollInterval = value;
        return this;
    }

    /**
     * Has a lease of this length.
     *
     * @param value the length
     * @return this
     */
    public TestServer lease(Duration value) {
        lease = value;
        return this;
    }

    /**
     * Renews its lease so often.
     *
     * @param value the interval
     * @return this
     */
    public TestServer renewInterval(Duration value) {
        renewInterval = value;
        return this;
    }

    /**
     * Waits so long for its attempts when it stops.
     *
     * @param value how long
     * @return this
     */
    public TestServer drain(Duration value) {
        drain = value;
        return this;
    }

    /**
     * Its worker has this name.
     *
     * @param value the name
     * @return this
     */
    public TestServer named(String value) {
        name = value;
        return this;
    }

    /**
     * Tells this listener what happens, beside those that are told anyway.
     *
     * @param listener the listener
     * @return this
     */
    public TestServer tells(QueueListener listener) {
        listeners.add(listener);
        return this;
    }

    /**
     * Calls and listens, but runs no jobs.
     *
     * @return this
     */
    public TestServer withoutWorker() {
        worker = false;
        return this;
    }

    /**
     * Takes payloads up to a size.
     *
     * @param bytes how many bytes
     * @return this
     */
    public TestServer payloadLimit(int bytes) {
        payloadLimit = bytes;
        return this;
    }

    TestServer listensBy(Notifier value) {
        notifier = new NotifierPorts(value, TestServer::daemon);
        return this;
    }

    /**
     * Puts the engine together and prepares the store; no job runs yet.
     *
     * @return this
     */
    public TestServer prepare() {
        TypeSettings byDefault = new TypeSettings(maxAttempts, backoff, timeout);
        Map<String, TypeSettings> byType = new HashMap<>();
        maxAttemptsByType.forEach((type, most) -> byType.put(type, new TypeSettings(most, backoff, timeout)));
        Settings settings = new Settings(
                name,
                worker,
                concurrency,
                lease,
                renewInterval,
                pollInterval,
                drain,
                payloadLimit,
                byDefault,
                byType,
                types);
        List<QueueListener> told = new ArrayList<>(listeners);
        told.add(events);
        engine = Engine.assemble(
                new EnginePorts(
                        store.port(),
                        transactions.port(),
                        new PlainCodec(),
                        new RealTimer(timer, timerThreads),
                        this::execute,
                        told,
                        notifier),
                settings,
                processors);
        engine.prepare();
        return this;
    }

    /**
     * Prepares and runs jobs.
     *
     * @return this
     */
    public TestServer start() {
        prepare();
        engine.start();
        return this;
    }

    /** Takes no more tasks, or takes them again; its timer goes on. So does a server that has begun to stop. */
    void takesTasks(boolean takes) {
        takesNoMoreTasks.set(!takes);
    }

    private void execute(Runnable task) {
        if (takesNoMoreTasks.get()) {
            throw new RejectedExecutionException("the server stops");
        }
        executor.execute(task);
    }

    /**
     * The front door.
     *
     * @return the queue
     */
    public JobQueue queue() {
        return engine.queue();
    }

    /**
     * What runs in this server.
     *
     * @return the engine; {@code null} before {@link #start}
     */
    public Engine engine() {
        return engine;
    }

    /** Stops without interrupts: H2 closes a database whose file a thread writes while it is interrupted. */
    @Override
    public void close() {
        if (engine != null) {
            engine.stop();
        }
        timer.shutdownNow();
        timerThreads.shutdown();
        executor.shutdown();
        try {
            if (!executor.awaitTermination(30, TimeUnit.SECONDS)
                    || !timerThreads.awaitTermination(30, TimeUnit.SECONDS)) {
                throw new AssertionError("a task of the server does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "test-server");
        thread.setDaemon(true);
        return thread;
    }

    private record RealTimer(ScheduledExecutorService timer, ExecutorService threads) implements Timer {

        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public Runnable schedule(Duration delay, Runnable task) {
            if (timer.isShutdown()) {
                return () -> {};
            }
            ScheduledFuture<?> future =
                    timer.schedule(() -> threads.execute(task), delay.toNanos(), TimeUnit.NANOSECONDS);
            return () -> future.cancel(false);
        }
    }
}
