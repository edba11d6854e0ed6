package ee.jobqueue.engine;

import ee.jobqueue.spi.JobStore;
import ee.jobqueue.spi.Transactions;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What the engine is given from outside.
 *
 * @param store the store
 * @param transactions the transactions in which the store's verbs act
 * @param codec writes and reads payloads
 * @param timer measures the engine's waits
 * @param executor runs attempts and the engine's own short tasks; its threads have no transaction
 * @param listeners are told what happened, after the log
 * @param notifier tells what happens in other servers; {@code null} when the store is only polled
 * @since 0.1
 */
public record EnginePorts(
        JobStore store,
        Transactions transactions,
        PayloadCodec codec,
        Timer timer,
        Executor executor,
        List<QueueListener> listeners,
        @Nullable NotifierPorts notifier) {

    /** Copies the list. */
    public EnginePorts {
        listeners = List.copyOf(listeners);
    }

    /**
     * Without a notifier: the store is only polled.
     *
     * @param store the store
     * @param transactions the transactions in which the store's verbs act
     * @param codec writes and reads payloads
     * @param timer measures the engine's waits
     * @param executor runs attempts and the engine's own short tasks; its threads have no transaction
     * @param listeners are told what happened, after the log
     */
    public EnginePorts(
            JobStore store,
            Transactions transactions,
            PayloadCodec codec,
            Timer timer,
            Executor executor,
            List<QueueListener> listeners) {
        this(store, transactions, codec, timer, executor, listeners, null);
    }
}
