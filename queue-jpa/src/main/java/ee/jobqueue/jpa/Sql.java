package ee.jobqueue.jpa;

import ee.jobqueue.Status;
import ee.jobqueue.spi.Claim;
import ee.jobqueue.spi.Token;
import ee.jobqueue.spi.Transition;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The text of a statement, not yet in a database's dialect. Immutable.
 *
 * <p>{@code {now}} stands for when the statement began, by the database's clock; {@code {due}} for the schedule of the
 * parameters {@code at_millis} and {@code delay_millis}, and {@code {due x}} for that of columns of {@code x}, never
 * earlier than now; {@code {lease}} for the end of a lease; {@code {past}} for a time before now; {@code {claim x}} for the condition that a {@link Claim}
 * puts on the job {@code x}, and {@code {by}} for the worker that it leaves there; {@code {locked}} for the ids that
 * were locked first; {@code {changed}} for the rows that {@code change} changed.
 *
 * @param lock the query that locks rows first, and answers their ids
 * @param change the change whose rows are used
 * @param text the statement
 * @param also a change that goes with it
 */
record Sql(
        @Nullable String lock,
        @Nullable String change,
        String text,
        @Nullable String also) {

    private static final Pattern CLAIM = Pattern.compile("\\{claim (\\w+)}");

    /** An attempt owns its job while this holds. */
    private static final String FENCE = "$1.status = 'RUNNING' AND $1.worker = :worker AND $1.attempt = :attempt";

    /** A caller from outside, who has locked the job, may end it while this holds. */
    private static final String NOT_ENDED = Transition.COMPLETE_FROM_OUTSIDE.from().stream()
            .map(Status::name)
            .sorted()
            .collect(Collectors.joining("', '", "$1.status IN ('", "')"));

    /** A plain statement. */
    static Sql of(String text) {
        return new Sql(null, null, text, null);
    }

    /** A statement that uses the rows which a change changed. */
    static Sql changing(String change, String text) {
        return new Sql(null, change, text, null);
    }

    /** A change that returns the changed jobs. */
    static Sql changingJobs(String change) {
        return changing(change, "SELECT changed.*, {now} AS read_at FROM {changed}");
    }

    /** The same, after it has locked rows. */
    Sql locking(String query) {
        return new Sql(query, change, text, also);
    }

    /** The same query, which passes over locked rows instead of waiting for them. */
    Sql skippingLocked() {
        return new Sql(lock, change, text.strip() + " SKIP LOCKED", also);
    }

    /** The same, together with another change. */
    Sql with(Sql other) {
        return new Sql(lock, change, text, other.text);
    }

    /** The same, for attempts. */
    Sql fenced() {
        return claimedBy(FENCE, "worker");
    }

    /**
     * The same, for either kind of claim. A caller from outside leaves no worker, so that no attempt takes the end for
     * its own.
     */
    ByClaim byClaim() {
        return new ByClaim(fenced(), claimedBy(NOT_ENDED, "NULL"));
    }

    private Sql claimedBy(String condition, String by) {
        return new Sql(
                lock, change == null ? null : claimed(change, condition, by), claimed(text, condition, by), also);
    }

    private static String claimed(String text, String condition, String by) {
        return CLAIM.matcher(text).replaceAll(condition).replace("{by}", by);
    }

    /** A statement for attempts and one for callers from outside. */
    record ByClaim(Sql fenced, Sql locked) {

        Sql of(Claim claim) {
            return claim instanceof Token ? fenced : locked;
        }

        ByClaim with(Sql other) {
            return new ByClaim(fenced.with(other), locked.with(other));
        }
    }
}
