package ee.jobqueue.ejb;

import ee.jobqueue.Job;
import ee.jobqueue.engine.AttemptEnded;
import ee.jobqueue.engine.QueueListener;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;

/** Counts what happened, for MicroProfile Telemetry. */
@ApplicationScoped
class MetricsListener implements QueueListener {

    private static final AttributeKey<String> TYPE = AttributeKey.stringKey("jobqueue.job.type");
    private static final AttributeKey<String> END = AttributeKey.stringKey("jobqueue.attempt.end");

    private static final AttributeKey<String> STATUS = AttributeKey.stringKey("jobqueue.chain.status");

    private LongCounter started;
    private LongCounter completedFromOutside;
    private LongCounter reaped;
    private LongCounter cancelled;
    private LongCounter endedByBlocker;
    private LongCounter retried;
    private LongCounter deleted;
    private LongCounter listenerFailures;
    private LongCounter notifierFailures;
    private DoubleHistogram attempts;

    /** For the client proxy. */
    MetricsListener() {}

    @Inject
    MetricsListener(Meter meter) {
        started = meter.counterBuilder("jobqueue.chain.started")
                .setDescription("Chains that were started")
                .build();
        completedFromOutside = meter.counterBuilder("jobqueue.job.completed_from_outside")
                .setDescription("Jobs that were completed without a worker")
                .build();
        reaped = meter.counterBuilder("jobqueue.job.reaped")
                .setDescription("Jobs that were put back because the lease of their worker was over")
                .build();
        cancelled = meter.counterBuilder("jobqueue.chain.cancelled")
                .setDescription("Chains that were called off")
                .build();
        endedByBlocker = meter.counterBuilder("jobqueue.chain.ended_by_blocker")
                .setDescription("Chains that failed or were called off because a chain for which they waited did")
                .build();
        retried = meter.counterBuilder("jobqueue.chain.retried")
                .setDescription("Failed chains that were opened again")
                .build();
        deleted = meter.counterBuilder("jobqueue.chain.deleted")
                .setDescription("Chains that were deleted")
                .build();
        listenerFailures = meter.counterBuilder("jobqueue.listener.failed")
                .setDescription("Events whose listener failed")
                .build();
        notifierFailures = meter.counterBuilder("jobqueue.notifier.failed")
                .setDescription("Tries at which notifications from other servers could not be received")
                .build();
        attempts = meter.histogramBuilder("jobqueue.attempt.duration")
                .setUnit("s")
                .setDescription("How long attempts took, their finishing transaction included")
                .build();
    }

    @Override
    public void chainsStarted(List<Job> jobs) {
        jobs.forEach(job -> started.add(1, Attributes.of(TYPE, job.type())));
    }

    @Override
    public void attemptEnded(AttemptEnded event) {
        attempts.record(
                event.took().toNanos() / 1e9,
                Attributes.of(TYPE, event.job().type(), END, event.end().name().toLowerCase(Locale.ROOT)));
    }

    @Override
    public void completedFromOutside(Job job, boolean chainOver, java.util.Set<String> dueTypes) {
        completedFromOutside.add(1, Attributes.of(TYPE, job.type()));
    }

    @Override
    public void reaped(List<Job> jobs) {
        jobs.forEach(job -> reaped.add(1, Attributes.of(TYPE, job.type())));
    }

    @Override
    public void chainsCancelled(List<Job> lastJobs) {
        lastJobs.forEach(job -> cancelled.add(1, Attributes.of(TYPE, job.chainType())));
    }

    @Override
    public void chainsEndedByBlocker(List<Job> lastJobs) {
        lastJobs.forEach(job -> endedByBlocker.add(
                1,
                Attributes.of(TYPE, job.chainType(), STATUS, job.status().name().toLowerCase(Locale.ROOT))));
    }

    @Override
    public void chainsRetried(List<Job> lastJobs) {
        lastJobs.forEach(job -> retried.add(1, Attributes.of(TYPE, job.chainType())));
    }

    @Override
    public void chainsDeleted(List<Job> lastJobs) {
        lastJobs.forEach(job -> deleted.add(1, Attributes.of(TYPE, job.chainType())));
    }

    @Override
    public void listenerFailed(Throwable error) {
        listenerFailures.add(1);
    }

    @Override
    public void notifierFailed(Throwable error) {
        notifierFailures.add(1);
    }
}
