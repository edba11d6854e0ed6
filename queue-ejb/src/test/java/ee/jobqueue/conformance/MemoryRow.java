package ee.jobqueue.conformance;

import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A row with its lock: the committed value, and beside it the value that the transaction holding the lock has written.
 * Guarded by the monitor of {@link MemoryTransactions}.
 */
final class MemoryRow<R> {

    private final BiConsumer<@Nullable R, @Nullable R> changes;
    private @Nullable R committed;
    private @Nullable R written;
    private boolean changed;

    @Nullable MemoryTransaction owner;

    MemoryRow(BiConsumer<@Nullable R, @Nullable R> changes) {
        this.changes = changes;
    }

    /** What a transaction sees: its own write, else what is committed. */
    @Nullable R seenBy(@Nullable MemoryTransaction reader) {
        return changed && owner == reader ? written : committed;
    }

    void write(@Nullable R value) {
        written = value;
        changed = true;
    }

    void release(boolean commit) {
        if (changed && commit) {
            changes.accept(committed, written);
            committed = written;
        }
        written = null;
        changed = false;
        owner = null;
    }
}
