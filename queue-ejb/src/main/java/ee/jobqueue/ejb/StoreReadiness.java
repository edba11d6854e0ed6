package ee.jobqueue.ejb;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.SortedSet;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Says in the server's readiness whether the queue takes calls; switched off by {@code jobqueue.health.enabled=false}. Names
 * the types that no live server runs; for them the check is not down, since another server may be starting.
 */
@Readiness
@ApplicationScoped
class StoreReadiness implements HealthCheck {

    @Inject
    private JobQueueLifecycle lifecycle;

    @Inject
    private Config config;

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("jobqueue")
                .status(!MicroProfileSettings.healthEnabled(config) || lifecycle.isReady());
        SortedSet<String> nobodyRuns = lifecycle.typesNobodyRuns();
        if (!nobodyRuns.isEmpty()) {
            response.withData("typesNobodyRuns", String.join(", ", nobodyRuns));
        }
        return response.build();
    }
}
