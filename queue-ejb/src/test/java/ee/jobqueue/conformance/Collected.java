package ee.jobqueue.conformance;

import ee.jobqueue.ChainId;
import ee.jobqueue.Job;
import ee.jobqueue.JobQueueException;
import ee.jobqueue.spi.Refusals;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Collects what a verb refuses, and leaves it out. */
final class Collected implements Refusals {

    final Map<ChainId, JobQueueException> reasons = new LinkedHashMap<>();
    private final Set<ChainId> notMeant;

    Collected(ChainId... notMeant) {
        this.notMeant = Set.of(notMeant);
    }

    @Override
    public void refuse(ChainId chain, JobQueueException reason) {
        reasons.put(chain, reason);
    }

    @Override
    public boolean isMeant(Job lastJob) {
        return !notMeant.contains(lastJob.chainId());
    }

    /** Why a chain was left out. */
    <E extends JobQueueException> E reason(ChainId chain, Class<E> type) {
        return type.cast(reasons.get(chain));
    }
}
