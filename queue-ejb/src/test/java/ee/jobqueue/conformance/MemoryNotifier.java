package ee.jobqueue.conformance;

import ee.jobqueue.ChainId;
import ee.jobqueue.JobId;
import ee.jobqueue.Status;
import ee.jobqueue.conformance.MemoryChanges.Change;
import ee.jobqueue.spi.Notifications;
import ee.jobqueue.spi.Notifier;
import ee.jobqueue.spi.Subscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The model of a notifier: reads the committed changes of the in-memory store. Thread-safe. */
final class MemoryNotifier implements Notifier {

    /** So that no test waits long for its end. */
    private static final Duration LONGEST_WAIT = Duration.ofMillis(50);

    private final MemoryDatabase database;

    MemoryNotifier(MemoryDatabase database) {
        this.database = database;
    }

    @Override
    public Subscription subscribe(Duration longestWait) {
        BlockingQueue<Change> changes = database.changes.open();
        long wait = Math.min(longestWait.toMillis(), LONGEST_WAIT.toMillis());
        return new Subscription() {
            @Override
            public Notifications next() {
                return notifications(take(changes, wait));
            }

            @Override
            public void close() {
                database.changes.close(changes);
            }
        };
    }

    private static List<Change> take(BlockingQueue<Change> changes, long waitMillis) {
        List<Change> taken = new ArrayList<>();
        try {
            Change first = changes.poll(waitMillis, TimeUnit.MILLISECONDS);
            if (first != null) {
                taken.add(first);
                changes.drainTo(taken);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return taken;
    }

    private Notifications notifications(List<Change> changes) {
        Set<String> due = new HashSet<>();
        Set<ChainId> over = new HashSet<>();
        Set<JobId> lost = new HashSet<>();
        for (Change change : changes) {
            JobRow before = change.before();
            JobRow after = change.after();
            if (isDue(before, after)) {
                due.add(after.type());
            }
            if (after == null || after.state().status().isOver()) {
                over.add((after == null ? before : after).chainId());
            }
            if (isLost(after)) {
                lost.add((after == null ? before : after).id());
            }
        }
        over.removeIf(chain -> database.lastJob(chain)
                .filter(last -> !last.state().status().isOver())
                .isPresent());
        return new Notifications(due, over, lost);
    }

    private static boolean isDue(@Nullable JobRow before, @Nullable JobRow after) {
        return after != null
                && after.is(Status.PENDING)
                && (before == null || !before.state().equals(after.state()));
    }

    /** Whoever completes a job from outside leaves it without a worker. */
    private static boolean isLost(@Nullable JobRow after) {
        return after == null
                || after.is(Status.CANCELLED)
                || (after.is(Status.COMPLETED) && after.state().worker() == null);
    }
}
