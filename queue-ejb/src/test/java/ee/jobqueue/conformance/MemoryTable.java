package ee.jobqueue.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Rows by key, in the order of the keys. Reads see what is committed and what the own transaction wrote; a key can be
 * locked before it has a row. Thread-safe.
 */
final class MemoryTable<K extends Comparable<K>, R> {

    private final MemoryTransactions transactions;
    private final BiConsumer<@Nullable R, @Nullable R> changes;
    private final Map<K, MemoryRow<R>> rows = new TreeMap<>();

    MemoryTable(MemoryTransactions transactions) {
        this(transactions, (before, after) -> {});
    }

    /** Tells of each row that was committed; what it was, and what it is now. */
    MemoryTable(MemoryTransactions transactions, BiConsumer<@Nullable R, @Nullable R> changes) {
        this.transactions = transactions;
        this.changes = changes;
    }

    Optional<R> find(K key) {
        synchronized (transactions) {
            MemoryRow<R> row = rows.get(key);
            return row == null ? Optional.empty() : Optional.ofNullable(row.seenBy(transactions.current()));
        }
    }

    List<R> select(Predicate<R> condition) {
        synchronized (transactions) {
            List<R> selected = new ArrayList<>();
            for (MemoryRow<R> row : rows.values()) {
                R seen = row.seenBy(transactions.current());
                if (seen != null && condition.test(seen)) {
                    selected.add(seen);
                }
            }
            return selected;
        }
    }

    /** The keys of the rows for which a condition holds, in their order. */
    List<K> keys(Predicate<R> condition) {
        synchronized (transactions) {
            return rows.entrySet().stream()
                    .filter(row -> isSelected(row.getValue().seenBy(transactions.current()), condition))
                    .map(Map.Entry::getKey)
                    .toList();
        }
    }

    private static <R> boolean isSelected(@Nullable R seen, Predicate<R> condition) {
        return seen != null && condition.test(seen);
    }

    /** Locks a key until the transaction ends; what is read after it does not change any more. */
    void lock(K key) {
        transactions.lock(row(key));
    }

    /** The same, unless another transaction has locked it; that is a transient error at once. */
    void lockAtOnce(K key) {
        transactions.lockAtOnce(row(key));
    }

    boolean tryLock(K key) {
        return transactions.tryLock(row(key));
    }

    /** Writes a row, or removes it by {@code null}; locks it first. */
    void write(K key, @Nullable R value) {
        lock(key);
        synchronized (transactions) {
            row(key).write(value);
        }
    }

    void clear() {
        synchronized (transactions) {
            rows.clear();
        }
    }

    private MemoryRow<R> row(K key) {
        synchronized (transactions) {
            return rows.computeIfAbsent(key, k -> new MemoryRow<>(changes));
        }
    }
}
