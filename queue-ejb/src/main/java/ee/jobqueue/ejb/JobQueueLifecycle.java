package ee.jobqueue.ejb;

import ee.jobqueue.JobQueue;
import ee.jobqueue.engine.Engine;
import ee.jobqueue.engine.EnginePorts;
import ee.jobqueue.engine.NotifierPorts;
import ee.jobqueue.engine.ProcessorRegistration;
import ee.jobqueue.engine.QueueListener;
import ee.jobqueue.spi.JobStore;
import ee.jobqueue.spi.Notifier;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Shutdown;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import jakarta.validation.Validator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/**
 * Builds the engine from what the server has. The queue takes calls from its first use on, be it in the application's own
 * start-up; jobs run once the application has started, and no more when it stops.
 */
@ApplicationScoped
class JobQueueLifecycle {

    @Inject
    private JobStore store;

    @Inject
    private ServerExecutors executors;

    @Inject
    private BeanManager beanManager;

    @Inject
    private Instance<Validator> validator;

    @Inject
    private Instance<QueueListener> listeners;

    @Inject
    private Instance<Notifier> notifier;

    private Engine engine;

    @PostConstruct
    void build() {
        Config config = ConfigProvider.getConfig();
        List<ProcessorRegistration> processors =
                beanManager.getExtension(JobQueueExtension.class).registrations();
        EnginePorts ports = new EnginePorts(
                store,
                ServerTransactions.find(),
                new JsonbCodec(validator.isResolvable() ? Optional.of(validator.get()) : Optional.empty()),
                new ManagedTimer(executors.timer()),
                executors.executor(),
                listeners.stream().toList(),
                notifier(config));
        engine = Engine.assemble(ports, MicroProfileSettings.read(config, processors), processors);
        engine.prepare();
    }

    private @Nullable NotifierPorts notifier(Config config) {
        return notifier.isResolvable() && MicroProfileSettings.notifierEnabled(config)
                ? new NotifierPorts(notifier.get(), executors.threads())
                : null;
    }

    /** Runs jobs after the application's own observers of start-up have done their work. */
    void start(@Observes @Priority(Interceptor.Priority.LIBRARY_AFTER) Startup event) {
        engine.start();
    }

    /** Stops before the application's observers of shut-down, while its data sources are still there. */
    void stop(@Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) Shutdown event) {
        engine.stop();
    }

    @Produces
    @ApplicationScoped
    JobQueue queue() {
        return engine.queue();
    }

    boolean isReady() {
        return engine.isReady();
    }

    SortedSet<String> typesNobodyRuns() {
        return engine.typesNobodyRuns();
    }
}
