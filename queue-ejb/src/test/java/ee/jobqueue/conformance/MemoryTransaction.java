package ee.jobqueue.conformance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An open transaction. What other threads look at is guarded by the monitor of {@link MemoryTransactions}. */
final class MemoryTransaction {

    final List<MemoryRow<?>> locked = new ArrayList<>();

    @Nullable MemoryRow<?> awaited;

    final @Nullable Duration timeout;

    private final long begun = System.nanoTime();

    MemoryTransaction(@Nullable Duration timeout) {
        this.timeout = timeout;
    }

    boolean isLate() {
        return timeout != null && System.nanoTime() - begun > timeout.toNanos();
    }

    /** Whether waiting for a row would never end, because its owner waits, itself or through others, for this one. */
    boolean wouldWaitForItself(MemoryRow<?> row) {
        MemoryTransaction owner = row.owner;
        while (owner != null && owner != this) {
            owner = owner.awaited == null ? null : owner.awaited.owner;
        }
        return owner == this;
    }
}
