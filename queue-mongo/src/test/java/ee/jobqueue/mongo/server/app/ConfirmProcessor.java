package ee.jobqueue.mongo.server.app;

import ee.jobqueue.Outcome;
import ee.jobqueue.StagedAttempt;
import ee.jobqueue.StagedJobProcessor;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;

/** Staged: writes its document with its finish. */
@Dependent
public class ConfirmProcessor implements StagedJobProcessor<Confirm, String> {

    @Inject
    private Ledger ledger;

    @Override
    public Outcome<? extends String> execute(Confirm input, StagedAttempt attempt) {
        return Outcome.inTransaction(() -> {
            ledger.add(input.name(), "confirmed");
            return Outcome.complete(input.name());
        });
    }
}
