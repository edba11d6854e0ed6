package ee.jobqueue.sample.web;

import ee.jobqueue.Job;
import ee.jobqueue.Status;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A job as clients see it. Immutable.
 *
 * @param id its id
 * @param type the name of its type
 * @param status where it stands
 * @param scheduled whether it waits for its time
 * @param attempt the number of its last attempt
 * @param failures how many attempts failed
 * @param scheduledAt when it is, or was, due
 * @param endedAt when it was over; {@code null} while it is not
 * @param lastError the first line of the last error; {@code null} when there was none
 * @since 0.1
 */
public record JobView(
        String id,
        String type,
        Status status,
        boolean scheduled,
        int attempt,
        int failures,
        Instant scheduledAt,
        @Nullable Instant endedAt,
        @Nullable String lastError) {

    static JobView of(Job job) {
        String error = job.lastError();
        return new JobView(
                job.id().value(),
                job.type(),
                job.status(),
                job.scheduled(),
                job.attempt(),
                job.failures(),
                job.scheduledAt(),
                job.endedAt(),
                error == null ? null : error.lines().findFirst().orElse(""));
    }
}
