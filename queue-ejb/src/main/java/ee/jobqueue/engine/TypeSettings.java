package ee.jobqueue.engine;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How jobs of a type are run.
 *
 * @param maxAttempts how many failed attempts make a job fail for good; 0 for no limit
 * @param backoff how long a failed job waits
 * @param timeout how long an attempt may take; {@code null} for the transaction's own limit when it is atomic, and for no
 *     limit when it is staged
 * @since 0.1
 */
public record TypeSettings(
        int maxAttempts, Backoff backoff, @Nullable Duration timeout) {}
