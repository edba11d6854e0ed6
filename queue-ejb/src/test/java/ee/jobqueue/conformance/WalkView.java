package ee.jobqueue.conformance;

import ee.jobqueue.Status;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A job as both sides of a random walk must see it: ids are numbers in the order of their making, and times, which cannot
 * agree to the millisecond, are left out.
 */
record WalkView(
        int job,
        int chain,
        String chainType,
        String type,
        int position,
        Status status,
        boolean scheduled,
        int priority,
        int attempt,
        int failures,
        int conflicts,
        boolean acquired,
        boolean ended,
        @Nullable Integer worker,
        String input,
        @Nullable String output,
        boolean blocked,
        List<WalkJob.Waits> blockers) {}
