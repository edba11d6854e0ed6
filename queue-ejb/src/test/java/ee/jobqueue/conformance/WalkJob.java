package ee.jobqueue.conformance;

import ee.jobqueue.Deduplication.Scope;
import ee.jobqueue.OnFailure;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A job that a random walk writes; chains are named by the number of their first job in the walk. */
record WalkJob(
        String type,
        String input,
        Duration delay,
        List<Waits> blockers,
        @Nullable Key key,
        @Nullable Integer priority,
        @Nullable UUID id) {

    /** For which chain, and what when that one fails. */
    record Waits(int chain, OnFailure onFailure) {}

    /** Under which key. */
    record Key(String key, Scope scope, @Nullable Duration window, List<Integer> disregarded) {}
}
