package ee.jobqueue.engine;

import ee.jobqueue.spi.Errors;
import ee.jobqueue.spi.QueueLog;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Collections;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Which of the types that this server leaves to others no live server runs. Who asks never waits for the store: the executor
 * looks, when somebody has asked and the last look is a while ago. Safe for use by several threads.
 */
final class TypesElsewhere {

    private static final System.Logger LOG = QueueLog.logger();

    /** As often as a server's readiness is usually asked for. */
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    /** What was seen before is not told: other servers may have started since. */
    private static final Duration GOOD_FOR = Duration.ofSeconds(30);

    private final Set<String> leftToOthers;
    private final StoreAccess store;
    private final Timer timer;
    private final Executor executor;
    private final AtomicBoolean looking = new AtomicBoolean();
    private volatile @Nullable Seen last;

    private record Seen(SortedSet<String> types, long at) {}

    TypesElsewhere(Set<String> leftToOthers, StoreAccess store, Timer timer, Executor executor) {
        this.leftToOthers = leftToOthers;
        this.store = store;
        this.timer = timer;
        this.executor = executor;
    }

    SortedSet<String> nobodyRuns() {
        if (leftToOthers.isEmpty()) {
            return Collections.emptySortedSet();
        }
        Seen seen = last;
        if (isOlder(seen, INTERVAL) && looking.compareAndSet(false, true)) {
            lookInBackground();
        }
        return seen == null || isOlder(seen, GOOD_FOR) ? Collections.emptySortedSet() : seen.types();
    }

    private boolean isOlder(@Nullable Seen seen, Duration age) {
        return seen == null || timer.nanoTime() - seen.at() >= age.toNanos();
    }

    private void lookInBackground() {
        try {
            executor.execute(this::look);
        } catch (RuntimeException e) { // the server stops
            looking.set(false);
        }
    }

    private void look() {
        try {
            SortedSet<String> types = new TreeSet<>(leftToOthers);
            types.removeAll(store.reading(WaitingTypes::ofLiveWorkers));
            last = new Seen(Collections.unmodifiableSortedSet(types), timer.nanoTime());
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, () -> "which types other servers run could not be read: " + Errors.line(e));
        } finally {
            looking.set(false);
        }
    }
}
