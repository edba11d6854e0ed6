package ee.jobqueue.jpa.server.stopping;

import ee.jobqueue.Outcome;
import ee.jobqueue.StagedAttempt;
import ee.jobqueue.StagedJobProcessor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Waits for the lock, and says what it was told meanwhile. */
@ApplicationScoped
public class HoldProcessor implements StagedJobProcessor<Hold, String> {

    @Inject
    private Gate gate;

    @Override
    public Outcome<? extends String> execute(Hold input, StagedAttempt attempt) throws Exception {
        gate.await(input.gate());
        return Outcome.complete(attempt.cancellation().map(Enum::name).orElse("not told"));
    }
}
