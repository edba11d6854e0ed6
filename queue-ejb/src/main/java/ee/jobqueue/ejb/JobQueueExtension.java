package ee.jobqueue.ejb;

import ee.jobqueue.InvalidConfigurationException;
import ee.jobqueue.JobQueueException;
import ee.jobqueue.StoreUnavailableException;
import ee.jobqueue.engine.Engine;
import ee.jobqueue.engine.ProcessorRegistration;
import ee.jobqueue.spi.Errors;
import ee.jobqueue.spi.JobStore;
import ee.jobqueue.spi.Notifier;
import ee.jobqueue.spi.QueueLog;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessBean;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Finds the application's processors and checks, when it deploys, everything that can be known then: all that is wrong is
 * reported at once, and nothing has run yet.
 */
public class JobQueueExtension implements Extension {

    private static final System.Logger LOG = QueueLog.logger();

    private final List<Bean<?>> beans = new ArrayList<>();
    private final List<ProcessorRegistration> registrations = new ArrayList<>();

    void collect(@Observes ProcessBean<?> event) {
        beans.add(event.getBean());
    }

    void check(@Observes AfterDeploymentValidation event, BeanManager beanManager) {
        for (Bean<?> bean : beans) {
            reportTo(
                    event,
                    () -> ProcessorDiscovery.registration(beanManager, bean).ifPresent(registrations::add));
        }
        reportTo(event, () -> Engine.check(registrations, new JsonbCodec(Optional.empty())));
        reportTo(event, () -> MicroProfileSettings.read(ConfigProvider.getConfig(), registrations));
        reportTo(event, this::checkNotifiers);
        reportTo(event, () -> prepare(theStore(), beanManager));
        beans.clear();
    }

    List<ProcessorRegistration> registrations() {
        return registrations;
    }

    private Bean<?> theStore() {
        List<Bean<?>> stores = beansOf(JobStore.class);
        if (stores.isEmpty()) {
            throw new InvalidConfigurationException(
                    "job store", "none is deployed: add queue-jpa or queue-mongo to the application");
        }
        if (stores.size() > 1) {
            throw new InvalidConfigurationException(
                    "job store",
                    "more than one is deployed, keep one of the modules that bring them: " + classesOf(stores));
        }
        return stores.get(0);
    }

    private void checkNotifiers() {
        List<Bean<?>> notifiers = beansOf(Notifier.class);
        if (notifiers.size() > 1) {
            throw new InvalidConfigurationException(
                    "notifier",
                    "more than one is deployed, keep one of the modules that bring them: " + classesOf(notifiers));
        }
    }

    private List<Bean<?>> beansOf(Class<?> type) {
        return beans.stream().filter(bean -> bean.getTypes().contains(type)).toList();
    }

    private static List<String> classesOf(List<Bean<?>> several) {
        return several.stream().map(bean -> bean.getBeanClass().getName()).toList();
    }

    /** A store that cannot work as configured is told of now; one that does not answer is tried again after the start. */
    private static void prepare(Bean<?> bean, BeanManager beanManager) {
        JobStore store =
                (JobStore) beanManager.getReference(bean, JobStore.class, beanManager.createCreationalContext(bean));
        try {
            store.prepare();
        } catch (StoreUnavailableException e) {
            LOG.log(Level.DEBUG, () -> "the store does not answer while the application deploys: " + Errors.line(e));
        }
    }

    private static void reportTo(AfterDeploymentValidation event, Runnable check) {
        try {
            check.run();
        } catch (JobQueueException e) {
            event.addDeploymentProblem(e);
        }
    }
}
