package ee.jobqueue.examples;

import ee.jobqueue.JobQueue;
import ee.jobqueue.conformance.MemoryHarness;
import ee.jobqueue.engine.Backoff;
import ee.jobqueue.engine.Engine;
import ee.jobqueue.engine.EnginePorts;
import ee.jobqueue.engine.PayloadCodec;
import ee.jobqueue.engine.ProcessorRegistration;
import ee.jobqueue.engine.Settings;
import ee.jobqueue.engine.Timer;
import ee.jobqueue.engine.TypeSettings;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** What a server is to the examples: an engine on the in-memory store, with threads of its own. */
final class ExampleServer implements AutoCloseable {

    private static final Duration SHORT = Duration.ofMillis(10);
    private static final Settings SETTINGS = new Settings(
            "example",
            true,
            4,
            Duration.ofSeconds(30),
            Duration.ofSeconds(10),
            SHORT,
            Duration.ofSeconds(5),
            10_000,
            new TypeSettings(3, new Backoff(SHORT, 1, SHORT, 0), null),
            Map.of(),
            Optional.empty());

    private final MemoryHarness harness = new MemoryHarness();
    private final ExecutorService executor = Executors.newFixedThreadPool(8);
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(4);
    private final Engine engine;

    ExampleServer(List<ProcessorRegistration> processors) {
        engine = Engine.assemble(
                new EnginePorts(
                        harness.store(),
                        harness.transactions(),
                        new JsonCodec(),
                        new ScheduledTimer(timer),
                        executor,
                        List.of()),
                SETTINGS,
                processors);
        engine.prepare();
        engine.start();
    }

    JobQueue queue() {
        return engine.queue();
    }

    /** Stands for {@code @Transactional}. */
    <T> T transactional(Callable<T> work) throws Exception {
        return harness.transactions().inNew(null, work);
    }

    @Override
    public void close() {
        engine.stop();
        timer.shutdownNow();
        executor.shutdownNow();
    }

    /** JSON-B as it is; the strict codec of the shell has tests of its own. */
    private static final class JsonCodec implements PayloadCodec {

        private final Jsonb jsonb = JsonbBuilder.create();

        @Override
        public String encode(String jobType, Object payload) {
            return jsonb.toJson(payload);
        }

        @Override
        public Object decode(String jobType, String text, Type target) {
            return jsonb.fromJson(text, target);
        }

        @Override
        public void check(String jobType, Type target) {
            // the examples' types are read back by the test that runs them
        }
    }

    private record ScheduledTimer(ScheduledExecutorService executor) implements Timer {

        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public Runnable schedule(Duration delay, Runnable task) {
            if (executor.isShutdown()) {
                return () -> {};
            }
            ScheduledFuture<?> future = executor.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
            return () -> future.cancel(false);
        }
    }
}
