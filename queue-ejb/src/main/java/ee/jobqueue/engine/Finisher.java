package ee.jobqueue.engine;

import ee.jobqueue.InvalidOutcomeException;
import ee.jobqueue.Outcome;
import ee.jobqueue.Printable;
import ee.jobqueue.spi.Claim;
import ee.jobqueue.spi.Errors;
import ee.jobqueue.spi.Finished;
import ee.jobqueue.spi.JobStore;
import ee.jobqueue.spi.NewJob;
import ee.jobqueue.spi.Resolved;
import ee.jobqueue.spi.Token;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finishes a job as its outcome says, in the current transaction. What is not valid is refused before anything is written.
 */
final class Finisher {

    /**
     * How a job was finished.
     *
     * @param resolved what became of those who waited for the chain
     */
    record Result(AttemptEnd end, boolean chainOver, Set<String> dueTypes, Resolved resolved) {

        static Result of(AttemptEnd end, Finished finished) {
            return new Result(end, finished.chainOver(), finished.resolved().unblockedTypes(), finished.resolved());
        }

        /** The same, with one more type of which a job is due, now or later. */
        Result andDue(String type) {
            Set<String> types = new HashSet<>(dueTypes);
            types.add(type);
            return new Result(end, chainOver, types, resolved);
        }
    }

    private final JobDrafts drafts;
    private final Payloads payloads;

    Finisher(JobDrafts drafts, Payloads payloads) {
        this.drafts = drafts;
        this.payloads = payloads;
    }

    /** Finishes the job of an attempt that was not told to stop. */
    Result finish(JobStore store, RunningAttempt attempt, JobTypeDefinition type, @Nullable Outcome<?> outcome)
            throws Exception {
        if (outcome instanceof Outcome.InTransaction<?> last) {
            return finish(store, attempt, type, last.work().call());
        }
        attempt.requireWanted();
        Token token = attempt.token();
        if (outcome instanceof Outcome.Reschedule<?> reschedule) {
            store.reschedule(token, reschedule.schedule());
            return Result.of(AttemptEnd.RESCHEDULED, Finished.CONTINUED).andDue(type.name());
        }
        if (outcome instanceof Outcome.Fail<?> fail) {
            Finished finished = store.fail(token, Errors.kept(fail.reason()), null);
            return Result.of(AttemptEnd.FAILED_FOR_GOOD, finished);
        }
        return completeOrContinue(store, token, type, outcome);
    }

    /** Finishes a job from outside: only completing and continuing need no worker. */
    Result finishFromOutside(JobStore store, Claim claim, JobTypeDefinition type, @Nullable Outcome<?> outcome) {
        if (outcome instanceof Outcome.Complete || outcome instanceof Outcome.ContinueWith) {
            return completeOrContinue(store, claim, type, outcome);
        }
        throw new InvalidOutcomeException(
                type.name(),
                "a decision from outside must be Outcome.complete or Outcome.continueWith, it was "
                        + Printable.of(outcome));
    }

    private Result completeOrContinue(
            JobStore store, Claim claim, JobTypeDefinition type, @Nullable Outcome<?> outcome) {
        if (outcome instanceof Outcome.ContinueWith<?> next) {
            NewJob job = drafts.next(type, next);
            return Result.of(AttemptEnd.CONTINUED, store.continueWith(claim, job))
                    .andDue(job.type());
        }
        if (outcome instanceof Outcome.Complete<?> complete) {
            Finished finished = store.complete(claim, payloads.encodeOutput(type.name(), complete.output()));
            return Result.of(AttemptEnd.COMPLETED, finished);
        }
        throw new InvalidOutcomeException(
                type.name(),
                "its processor returned null: return Outcome.complete(…), continueWith(…) or another outcome");
    }
}
