package ee.jobqueue.conformance;

import ee.jobqueue.ChainId;
import ee.jobqueue.Deduplication;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.TreeSet;

/** Which chains hold deduplication keys: asked of all chains under the locks of the keys, and written down nowhere. */
final class MemoryKeys {

    private static final Comparator<JobRow> BY_START = Comparator.comparing(JobRow::chainStartedAt)
            .thenComparing(row -> row.id().value());

    private final MemoryDatabase database;

    MemoryKeys(MemoryDatabase database) {
        this.database = database;
    }

    void lock(Collection<MemoryDatabase.Key> keys) {
        new TreeSet<>(keys).forEach(database.keys::lock);
    }

    /** The key under which a chain was started. */
    Optional<MemoryDatabase.Key> keyOf(ChainId chain) {
        return database.chain(chain).flatMap(MemoryKeys::keyOf);
    }

    private static Optional<MemoryDatabase.Key> keyOf(JobRow first) {
        return first.key() == null
                ? Optional.empty()
                : Optional.of(new MemoryDatabase.Key(first.chainType(), first.key()));
    }

    /** Of the chains that hold a key the newest. */
    Optional<ChainId> holder(MemoryDatabase.Key key, Deduplication deduplication) {
        return database.jobs.select(row -> keyOf(row).filter(key::equals).isPresent()).stream()
                .filter(first -> holds(first, deduplication))
                .max(BY_START)
                .map(JobRow::chainId);
    }

    /** Of the other chains that are open and were started under a key the newest. */
    Optional<ChainId> holder(MemoryDatabase.Key key, ChainId besides) {
        return holder(key, Deduplication.whileIncomplete(key.key()).disregarding(besides));
    }

    private boolean holds(JobRow first, Deduplication deduplication) {
        Duration age = Duration.between(first.chainStartedAt(), database.clock.now());
        boolean isInScope = deduplication.scope() == Deduplication.Scope.ANY || database.end(first.chainId()) == null;
        boolean isInWindow =
                deduplication.window() == null || deduplication.window().compareTo(age) > 0;
        return isInScope && isInWindow && !deduplication.disregarded().contains(first.chainId());
    }
}
