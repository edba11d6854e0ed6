package ee.jobqueue.ejb;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Says in the server's readiness whether the queue takes calls; switched off by {@code jobqueue.health.enabled=false}. */
@Readiness
@ApplicationScoped
class StoreReadiness implements HealthCheck {

    @Inject
    private JobQueueLifecycle lifecycle;

    @Inject
    private Config config;

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("jobqueue")
                .status(!MicroProfileSettings.healthEnabled(config) || lifecycle.isReady())
                .build();
    }
}
