package ee.jobqueue.conformance;

import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** The committed changes of jobs, for each who listens from when it begins to. Thread-safe. */
final class MemoryChanges {

    /** What a job was, and what it is now; {@code null} where it was not there. */
    record Change(@Nullable JobRow before, @Nullable JobRow after) {}

    private final Set<BlockingQueue<Change>> listeners = new CopyOnWriteArraySet<>();

    void add(@Nullable JobRow before, @Nullable JobRow after) {
        listeners.forEach(listener -> listener.add(new Change(before, after)));
    }

    BlockingQueue<Change> open() {
        BlockingQueue<Change> listener = new LinkedBlockingQueue<>();
        listeners.add(listener);
        return listener;
    }

    void close(BlockingQueue<Change> listener) {
        listeners.remove(listener);
    }
}
