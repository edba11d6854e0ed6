package ee.jobqueue.conformance;

import ee.jobqueue.Schedule;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicReference;

/** The in-memory store's own clock, in milliseconds: another clock, and how far it was advanced. Thread-safe. */
final class MemoryClock {

    private final Clock base;
    private final AtomicReference<Duration> advanced = new AtomicReference<>(Duration.ZERO);

    MemoryClock(Clock base) {
        this.base = base;
    }

    Instant now() {
        return base.instant().plus(advanced.get()).truncatedTo(ChronoUnit.MILLIS);
    }

    void advance(Duration duration) {
        advanced.accumulateAndGet(duration, Duration::plus);
    }

    /** When a job becomes due that is written now; never earlier than now. */
    static Instant dueAt(Schedule schedule, Instant now) {
        if (schedule instanceof Schedule.After after) {
            return now.plus(after.delay()).truncatedTo(ChronoUnit.MILLIS);
        }
        Instant asked = ((Schedule.At) schedule).time().truncatedTo(ChronoUnit.MILLIS);
        return asked.isBefore(now) ? now : asked;
    }
}
