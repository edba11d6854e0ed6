package ee.jobqueue.engine;

import ee.jobqueue.Chain;
import ee.jobqueue.ChainFilter;
import ee.jobqueue.ChainId;
import ee.jobqueue.ChainNotFoundException;
import ee.jobqueue.Job;
import ee.jobqueue.JobCount;
import ee.jobqueue.JobFilter;
import ee.jobqueue.JobId;
import ee.jobqueue.Page;
import ee.jobqueue.PageRequest;
import ee.jobqueue.TypeMismatchException;
import ee.jobqueue.spi.JobStore;
import ee.jobqueue.spi.StoredJob;
import java.util.List;
import java.util.Optional;

/** Reads chains and jobs; in the caller's transaction when there is one. */
final class Lookup {

    private final StoreAccess store;
    private final JobTypes types;
    private final Payloads payloads;

    Lookup(StoreAccess store, JobTypes types, Payloads payloads) {
        this.store = store;
        this.types = types;
        this.payloads = payloads;
    }

    <O> Optional<Chain<O>> chain(ChainId id, Class<?> type) {
        String expected = types.of(type).name();
        return store.reading(s -> s.chain(id)).map(lastJob -> {
            if (!lastJob.job().chainType().equals(expected)) {
                throw new TypeMismatchException(
                        "chain " + id, expected, lastJob.job().chainType());
            }
            return payloads.chain(lastJob, false);
        });
    }

    Optional<Job> job(JobId id) {
        return store.reading(s -> s.job(id)).map(StoredJob::job);
    }

    List<Job> jobs(ChainId id) {
        List<StoredJob> jobs = store.reading(s -> s.jobs(id));
        if (jobs.isEmpty()) {
            throw new ChainNotFoundException(id);
        }
        return views(jobs);
    }

    List<Job> blockers(JobId id) {
        return store.reading(s -> s.blockers(id)).stream()
                .map(blocker -> blocker.lastJob().job())
                .toList();
    }

    Page<Job> chains(ChainFilter filter, PageRequest page) {
        return viewPage(store.reading(s -> s.chains(filter, page)));
    }

    Page<Job> jobs(JobFilter filter, PageRequest page) {
        return viewPage(store.reading(s -> s.jobs(filter, page)));
    }

    List<JobCount> counts() {
        return store.reading(JobStore::counts);
    }

    List<Job> oldestDue() {
        return views(store.reading(JobStore::oldestDue));
    }

    private static List<Job> views(List<StoredJob> jobs) {
        return jobs.stream().map(StoredJob::job).toList();
    }

    private static Page<Job> viewPage(Page<StoredJob> page) {
        return new Page<>(views(page.entries()), page.nextRequest());
    }
}
