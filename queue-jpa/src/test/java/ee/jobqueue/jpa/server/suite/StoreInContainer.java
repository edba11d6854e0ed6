package ee.jobqueue.jpa.server.suite;

import ee.jobqueue.conformance.ServerStoreContract;
import ee.jobqueue.jpa.ContainerHarness;
import ee.jobqueue.spi.JobStore;
import jakarta.enterprise.inject.spi.CDI;
import org.eclipse.microprofile.config.ConfigProvider;

/** The application's store passes its part of the suite. Executed by {@link SuiteServlet} alone. */
class StoreInContainer implements ServerStoreContract {

    private static final ContainerHarness HARNESS = ContainerHarness.of(
            ConfigProvider.getConfig().getValue(SuiteServlet.STORE, String.class),
            CDI.current().select(JobStore.class).get());

    @Override
    public ContainerHarness harness() {
        return HARNESS;
    }
}
