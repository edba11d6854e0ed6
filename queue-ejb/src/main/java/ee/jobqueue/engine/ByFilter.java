package ee.jobqueue.engine;

import ee.jobqueue.BulkResult;
import ee.jobqueue.BulkResult.PassedOver;
import ee.jobqueue.Cascade;
import ee.jobqueue.ChainFilter;
import ee.jobqueue.ChainId;
import ee.jobqueue.Job;
import ee.jobqueue.JobQueueException;
import ee.jobqueue.Page;
import ee.jobqueue.PageRequest;
import ee.jobqueue.Status;
import ee.jobqueue.StatusChangedException;
import ee.jobqueue.spi.Refusals;
import ee.jobqueue.spi.StoredJob;
import ee.jobqueue.spi.Transition;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Changes a page of the chains that a filter selects. Reads the page first, before a transaction of its own begins: on a
 * store with one writer a transaction that has read may not write any more. What changed since is seen under the locks.
 */
final class ByFilter {

    private final StoreAccess store;
    private final Management management;
    private final Deleting deleting;

    ByFilter(StoreAccess store, Management management, Deleting deleting) {
        this.store = store;
        this.management = management;
        this.deleting = deleting;
    }

    BulkResult cancel(ChainFilter filter, PageRequest page) {
        return change(filter, Transition.CANCEL.from(), page, management::cancel);
    }

    BulkResult retry(ChainFilter filter, PageRequest page) {
        return change(filter, Transition.RETRY.from(), page, management::retry);
    }

    BulkResult delete(ChainFilter filter, Cascade cascade, PageRequest page) {
        return change(
                filter,
                Set.of(Status.values()),
                page,
                (chains, refusals) -> deleting.delete(Set.copyOf(chains), cascade, refusals));
    }

    private BulkResult change(
            ChainFilter filter,
            Set<Status> from,
            PageRequest page,
            BiFunction<List<ChainId>, Supplier<Refusals>, List<Job>> verb) {
        Predicate<Status> isSelected =
                status -> filter.statuses().isEmpty() || filter.statuses().contains(status);
        Selected selected = new Selected(from.stream().filter(isSelected).toArray(Status[]::new));
        if (selected.statuses.isEmpty()) {
            return new BulkResult(List.of(), List.of(), null);
        }
        Page<StoredJob> found = store.reading(s -> s.chains(selected.narrow(filter), page));
        List<ChainId> chains =
                found.entries().stream().map(last -> last.job().chainId()).toList();
        List<Job> changed = chains.isEmpty() ? List.of() : verb.apply(chains, selected::anew);
        return new BulkResult(changed, selected.passedOver, found.nextRequest());
    }

    /** The statuses from which chains are meant to be changed; collects those that are passed over. */
    private static final class Selected implements Refusals {

        private final Set<Status> statuses;
        private final List<PassedOver> passedOver = new ArrayList<>();

        Selected(Status... statuses) {
            this.statuses = Set.of(statuses);
        }

        /** For the next try of the transaction: what the one before it passed over may be changed now. */
        Refusals anew() {
            passedOver.clear();
            return this;
        }

        ChainFilter narrow(ChainFilter filter) {
            boolean isAny = statuses.containsAll(List.of(Status.values()));
            return isAny
                    ? filter
                    : filter.in(Stream.of(Status.values())
                            .filter(statuses::contains)
                            .toArray(Status[]::new));
        }

        @Override
        public void refuse(ChainId chain, JobQueueException reason) {
            passedOver.add(new PassedOver(chain, reason));
        }

        @Override
        public boolean isMeant(Job lastJob) {
            boolean isMeant = statuses.contains(lastJob.status());
            if (!isMeant) {
                refuse(lastJob.chainId(), new StatusChangedException(lastJob.id(), lastJob.status(), statuses));
            }
            return isMeant;
        }
    }
}
