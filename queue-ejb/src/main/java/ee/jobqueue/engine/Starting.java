package ee.jobqueue.engine;

import ee.jobqueue.Chain;
import ee.jobqueue.Job;
import ee.jobqueue.StartRequest;
import ee.jobqueue.spi.NewJob;
import ee.jobqueue.spi.Resolved;
import ee.jobqueue.spi.Started;
import java.util.List;

/** Starts chains in the caller's transaction and tells of them after its commit. */
final class Starting {

    private final StoreAccess store;
    private final JobDrafts drafts;
    private final Payloads payloads;
    private final Telling telling;

    Starting(StoreAccess store, JobDrafts drafts, Payloads payloads, Telling telling) {
        this.store = store;
        this.drafts = drafts;
        this.payloads = payloads;
        this.telling = telling;
    }

    List<Chain<?>> start(List<? extends StartRequest<?>> requests) {
        List<NewJob> jobs = requests.stream().map(drafts::first).toList();
        if (jobs.isEmpty()) {
            return List.of();
        }
        return store.joined(s -> {
            List<Started> started = s.start(jobs);
            List<Job> written = started.stream()
                    .filter(one -> !one.deduplicated())
                    .map(one -> one.lastJob().job())
                    .toList();
            if (!written.isEmpty()) {
                telling.afterCommit(listener -> listener.chainsStarted(written));
                telling.afterCommit(Resolved.endedAmong(written));
            }
            return started.stream().<Chain<?>>map(this::chain).toList();
        });
    }

    private Chain<Object> chain(Started started) {
        return payloads.chain(started.lastJob(), started.deduplicated());
    }
}
