package ee.jobqueue.ejb;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ContextServiceDefinition;
import jakarta.enterprise.concurrent.ManagedExecutorDefinition;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorDefinition;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.concurrent.ManagedThreadFactoryDefinition;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * The queue's own executors. The server's default executor starts small and is shared with the application, so attempts
 * never run on it. Tasks get the application's class loader and naming and nothing else: neither the identity nor the
 * transaction of the thread that happened to wake the queue.
 */
@ApplicationScoped
@ContextServiceDefinition(
        name = "java:module/concurrent/jobqueue-context",
        propagated = ContextServiceDefinition.APPLICATION,
        cleared = ContextServiceDefinition.ALL_REMAINING)
@ManagedExecutorDefinition(
        name = "java:module/concurrent/jobqueue-executor",
        context = "java:module/concurrent/jobqueue-context",
        virtual = true)
@ManagedScheduledExecutorDefinition(
        name = "java:module/concurrent/jobqueue-timer",
        context = "java:module/concurrent/jobqueue-context")
@ManagedThreadFactoryDefinition(
        name = "java:module/concurrent/jobqueue-threads",
        context = "java:module/concurrent/jobqueue-context")
class ServerExecutors {

    @Resource(lookup = "java:module/concurrent/jobqueue-executor")
    private ManagedExecutorService executor;

    @Resource(lookup = "java:module/concurrent/jobqueue-timer")
    private ManagedScheduledExecutorService timer;

    @Resource(lookup = "java:module/concurrent/jobqueue-threads")
    private ManagedThreadFactory threads;

    /** Runs attempts and the engine's own tasks; on virtual threads where the JDK has them. */
    ManagedExecutorService executor() {
        return executor;
    }

    /** Starts tasks later. */
    ManagedScheduledExecutorService timer() {
        return timer;
    }

    /** Makes the thread that waits for notifications. An executor's thread would be taken from the others for good. */
    ManagedThreadFactory threads() {
        return threads;
    }
}
